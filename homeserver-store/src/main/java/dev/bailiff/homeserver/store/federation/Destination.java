package dev.bailiff.homeserver.store.federation;

import org.jspecify.annotations.Nullable;

/**
 * Another server.
 *
 * @param retryLastAt ms since the epoch; 0 if there is no failure
 * @param retryInterval ms; 0 if there is no failure
 * @param failureAt time of the first failure, ms since the epoch
 */
public record Destination(
    String destination,
    long retryLastAt,
    long retryInterval,
    @Nullable Long failureAt,
    @Nullable Long lastSuccessfulStreamOrdering) {}
