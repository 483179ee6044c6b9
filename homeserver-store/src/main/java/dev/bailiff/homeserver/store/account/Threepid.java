package dev.bailiff.homeserver.store.account;

/**
 * A third-party id of a user.
 *
 * @param medium {@code email} or {@code msisdn}
 * @param address in the stored form: emails trimmed and case-folded
 * @param addedAt milliseconds since the epoch
 * @param validatedAt milliseconds since the epoch
 */
public record Threepid(String medium, String address, long addedAt, long validatedAt) {}
