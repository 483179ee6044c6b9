package dev.bailiff.homeserver.counting;

/**
 * Media that a deletion by age would take, without those that are quarantined or protected.
 *
 * @param beforeAt last used before this time, ms since the epoch
 * @param largerThan bytes
 * @param keepsProfiles whether avatars stay
 */
public record SweptMedia(long beforeAt, long largerThan, boolean keepsProfiles) {}
