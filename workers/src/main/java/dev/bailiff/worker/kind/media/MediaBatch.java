package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.OwnedPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next media of a segment.
 *
 * @param items may be empty although more media follow
 * @param swept whether a sweep selected the media; a batch never mixes both
 * @param page as {@link dev.bailiff.homeserver.media.MediaDeletion#page}
 * @param missing how many planned media are no longer there, in the parts that end with this batch
 * @param behind where the segment goes on after the media
 * @param last whether nothing follows
 */
record MediaBatch(
    List<MediaItem> items,
    boolean swept,
    @Nullable OwnedPage page,
    long missing,
    MediaCursor behind,
    boolean last) {

  /** Where the segment goes on after the batch; null at its end. */
  @Nullable Cursor next() {
    return last ? null : behind.cursor();
  }

  /**
   * Where the segment goes on if these media of the batch are still to be deleted. The batch itself
   * may be the first part of the media that an earlier batch left. Then the other part follows
   * them.
   */
  Cursor nextAt(List<MediaItem> open) {
    var others = behind.rest();
    var all = new ArrayList<>(open);
    if (others != null) {
      all.addAll(others.items());
    }
    return behind.with(new MediaCursor.Rest(all, swept)).cursor();
  }
}
