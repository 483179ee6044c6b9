package dev.bailiff.homeserver.media;

/**
 * A page of a user's media (admin-api 4.13); ties are ordered by media id, ascending in both
 * directions.
 *
 * @param from row offset
 * @param limit rows at most
 */
public record MediaFilter(
    String userId, MediaOrder order, boolean descending, long from, long limit) {}
