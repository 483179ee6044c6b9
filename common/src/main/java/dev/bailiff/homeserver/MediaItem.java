package dev.bailiff.homeserver;

/**
 * A medium of ours.
 *
 * @param target number of the target of the job that it belongs to
 * @param id media id
 */
public record MediaItem(int target, String id) {}
