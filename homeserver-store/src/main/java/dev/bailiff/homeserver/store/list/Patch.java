package dev.bailiff.homeserver.store.list;

import org.jspecify.annotations.Nullable;

/**
 * A value that a request sets, possibly to null. A component of this type that is null itself is
 * left alone by the request.
 */
public record Patch<T>(@Nullable T value) {}
