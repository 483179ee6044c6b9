package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The next media of a segment.
 *
 * @param items may be empty although there are more
 * @param swept whether a sweep selected them; then all of them
 * @param missing how many were planned and are not there any more, of the parts that end with this
 *     batch
 * @param behind where the segment goes on behind them
 * @param last whether nothing is there
 */
record MediaBatch(
    List<MediaItem> items, boolean swept, long missing, MediaCursor behind, boolean last) {

  /** Where the segment goes on behind the batch; null at its end. */
  @Nullable Cursor next() {
    return last ? null : behind.cursor();
  }

  /**
   * Where it goes on if these of its media are still to be deleted. A batch that is itself part of
   * what an earlier one left keeps the other part behind them.
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
