package dev.bailiff.homeserver.media;

/**
 * A page of a user's media (admin-api 4.13); ties go by media id, ascending in both directions.
 *
 * @param from row offset
 * @param limit at most so many
 */
public record MediaFilter(
    String userId, MediaOrder order, boolean descending, long from, long limit) {}
