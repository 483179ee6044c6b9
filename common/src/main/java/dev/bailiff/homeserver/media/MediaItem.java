package dev.bailiff.homeserver.media;

/**
 * A medium of a job.
 *
 * @param target number of the job's target that the medium belongs to
 * @param id media id, or an {@code mxc://} URI, which may name the copy of a medium of another
 *     server
 */
public record MediaItem(int target, String id) {}
