package dev.bailiff.homeserver.media;

/**
 * Selects local media by last use and size (admin-api 5.14); quarantined and protected ones never.
 *
 * @param beforeAt last accessed before this (never accessed: created), ms since the epoch
 * @param largerThan in bytes; an upload without content is never larger
 */
public record MediaSweep(long beforeAt, long largerThan) {}
