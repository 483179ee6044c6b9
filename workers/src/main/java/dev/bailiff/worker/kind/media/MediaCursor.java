package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.worker.kind.StageJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where planning or a segment goes on.
 *
 * @param number of a target in a plan, of a part within a segment
 * @param within place in the target or part; null at its start
 * @param seen media of the part so far
 * @param rest media before this place that are still to be deleted, because a homeserver settled
 *     only the media before them; null if all are settled
 */
record MediaCursor(int number, @Nullable String within, long seen, @Nullable Rest rest) {
  private static final MediaCursor START = at(0, null);

  /**
   * Media that a batch left.
   *
   * @param items at most a batch
   * @param swept whether a sweep selected them
   */
  record Rest(List<MediaItem> items, boolean swept) {}

  /** The same place, with media before it that are still to be deleted. */
  MediaCursor with(@Nullable Rest left) {
    return new MediaCursor(number, within, seen, left);
  }

  /** A place in a target or part of which no media have been seen. */
  static MediaCursor at(int number, @Nullable String within) {
    return new MediaCursor(number, within, 0, null);
  }

  static MediaCursor of(@Nullable Cursor cursor) {
    return cursor == null ? START : StageJson.read(cursor.value(), MediaCursor.class);
  }

  Cursor cursor() {
    return new Cursor(StageJson.write(this));
  }

  /** Where to go on in the target or part with this number; null at its start. */
  @Nullable String withinOf(int other) {
    return other == number ? within : null;
  }
}
