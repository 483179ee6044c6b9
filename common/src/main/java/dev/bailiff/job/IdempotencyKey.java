package dev.bailiff.job;

/**
 * A client's name for a request, unique per requester until the job is pruned.
 *
 * @param requestSha256 digest of the request, which distinguishes a repetition from a mistake
 */
public record IdempotencyKey(String key, byte[] requestSha256) {}
