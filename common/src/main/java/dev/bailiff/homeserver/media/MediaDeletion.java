package dev.bailiff.homeserver.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media to delete for good (admin-api 4.14). Reply list {@code deleted_media}.
 *
 * @param media at most a batch; one that is named twice is deleted once
 * @param sweep what must still hold when they are deleted: somebody may have protected or looked at
 *     one since the plan; null where media are deleted whatever holds
 */
public record MediaDeletion(List<MediaItem> media, @Nullable MediaSweep sweep) {}
