package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media to delete for good (admin-api 4.14). Reply list {@code deleted_media}.
 *
 * @param media at most a batch; a medium that is named twice is deleted once
 * @param sweep the condition that each medium must still meet when it is deleted: somebody may have
 *     protected or accessed it since the plan; null if media are deleted unconditionally
 * @param page where they stand among the media of their owner, so that the homeserver may delete
 *     them together; null if they are no page, or it is not known
 */
public record MediaDeletion(
    List<MediaItem> media, @Nullable MediaSweep sweep, @Nullable OwnedPage page) {

  /** Media of any users. */
  public MediaDeletion(List<MediaItem> media, @Nullable MediaSweep sweep) {
    this(media, sweep, null);
  }

  /**
   * Where a deletion goes on if not all media are settled. It is a place in the list, as a medium
   * may be named twice.
   *
   * @param settled number of media that are settled, from the first on
   */
  public static Cursor placeBehind(int settled) {
    return new Cursor(Integer.toString(settled));
  }

  /** The number of settled media that a place stands for. */
  public static int settledAt(Cursor place) {
    return Integer.parseInt(place.value());
  }
}
