package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Local media: what {@code delete-media} does. Shape, lists, repetition, time and errors are as
 * {@code Homeserver} says.
 */
public interface MediaPort {

  /**
   * Local media in use as avatar: of a user anywhere, of a room now. An id may come more than once.
   *
   * @param size at most so many records are looked at
   */
  MediaPage avatarMedia(@Nullable Cursor after, int size);

  /** Media of a scope, as ranges of at most {@code size} media each. */
  RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size);

  /** Media that are left of a range, in the order of the range. */
  MediaPage media(Range range, @Nullable Cursor after, int size);

  /**
   * Deletes media: file, thumbnails, records. One item a medium: done, skipped (not there, or not
   * selected any more), or failed (its file or a thumbnail cannot be removed; the records stay).
   * The outcome has no {@code next}.
   */
  BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit);

  /** Those of the media of which a record is left, in the order asked. */
  List<String> mediaLeft(List<String> ids);
}
