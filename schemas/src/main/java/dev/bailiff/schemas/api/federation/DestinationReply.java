package dev.bailiff.schemas.api.federation;

import org.jspecify.annotations.Nullable;

/**
 * Another server (admin-api 5.47).
 *
 * @param retryLastTs ms since the epoch; 0 if there is no trouble
 * @param retryInterval ms; 0 if there is no trouble
 * @param failureTs time of the first failure, ms since the epoch
 */
public record DestinationReply(
    String destination,
    long retryLastTs,
    long retryInterval,
    @Nullable Long failureTs,
    @Nullable Long lastSuccessfulStreamOrdering) {}
