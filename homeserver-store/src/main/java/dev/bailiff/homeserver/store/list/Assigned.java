package dev.bailiff.homeserver.store.list;

import org.jspecify.annotations.Nullable;

/**
 * A value that a request names, which may be the value "none". A missing {@code Assigned} is a
 * value that the request leaves alone.
 */
public record Assigned<T>(@Nullable T value) {}
