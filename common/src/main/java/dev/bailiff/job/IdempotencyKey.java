package dev.bailiff.job;

/**
 * A client's name for a request, unique per requester for a day.
 *
 * @param requestSha256 digest of the request, which distinguishes a repetition from a mistake
 */
public record IdempotencyKey(String key, byte[] requestSha256) {}
