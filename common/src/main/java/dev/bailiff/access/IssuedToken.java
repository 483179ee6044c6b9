package dev.bailiff.access;

import java.time.Instant;
import java.util.Optional;

/**
 * The record of a token, without the token itself.
 *
 * @param id the first 16 hexadecimal digits of its digest, from which nobody can derive the token
 * @param madeBy who asked for it over HTTP; empty if it was made on the server's machine
 * @param lastUsedAt time of a use up to five minutes before the last one; empty if the token was
 *     never used
 * @param lastUsedAddress from where that was
 * @param ofFolder whether it is the one in a data folder's file {@code admin-token}
 */
public record IssuedToken(
    String id,
    String name,
    String description,
    TokenTerms terms,
    Instant createdAt,
    Optional<String> madeBy,
    Optional<Instant> lastUsedAt,
    Optional<String> lastUsedAddress,
    boolean ofFolder) {}
