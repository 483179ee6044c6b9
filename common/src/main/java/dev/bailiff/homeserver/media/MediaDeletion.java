package dev.bailiff.homeserver.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media to delete for good (admin-api 4.14). Reply list {@code deleted_media}.
 *
 * @param media at most a batch; a medium that is named twice is deleted once
 * @param sweep the condition that each medium must still meet when it is deleted: somebody may have
 *     protected or accessed it since the plan; null if media are deleted unconditionally
 */
public record MediaDeletion(List<MediaItem> media, @Nullable MediaSweep sweep) {}
