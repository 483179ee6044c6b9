package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A sweep that the homeserver carries out itself. Reply list {@code deleted_media}.
 *
 * @param target number of the job's target
 * @param keepProfiles whether media in use as avatars are kept
 * @param after where the last batch stopped; null at the start
 */
public record MediaSweeping(
    int target, MediaSweep sweep, boolean keepProfiles, @Nullable Cursor after) {}
