package dev.bailiff.homeserver.media;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Media: the work of {@code delete-media}. A medium is named by its id, or by its {@code mxc://}
 * URI; of media of other servers only their copies here are meant. {@code Homeserver} describes
 * shape, lists, repetition, time and errors.
 */
public interface MediaPort {

  /**
   * Local media in use as avatars: of a user in any room or in the profile, of a room by its
   * current state. An id may come more than once.
   *
   * @param size number of records to look at, at most
   */
  MediaPage avatarMedia(@Nullable Cursor after, int size);

  /**
   * Media of a scope, as ranges of at most {@code size} media each. A homeserver that deletes the
   * media of a user page by page has one range for them all, so that no two batches get in each
   * other's way.
   */
  RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size);

  /** Media of a range that still exist, in the order of the range. */
  MediaPage media(Range range, @Nullable Cursor after, int size);

  /**
   * Deletes media: file, thumbnails, records. One item per medium: done, skipped (not there, or not
   * selected any more), or failed (its file or a thumbnail cannot be removed; the records stay).
   * The outcome has no {@code next}.
   */
  BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit);

  /**
   * Deletes the media that a sweep selects, if the homeserver {@linkplain
   * dev.bailiff.homeserver.HomeserverTraits#sweepsMedia sweeps itself}. One item per deleted
   * medium. {@code next} is set while media of the sweep may be left.
   */
  default BatchOutcome sweepMedia(MediaSweeping sweeping, BatchCommit commit) {
    throw new UnsupportedOperationException("this homeserver lists the media of a sweep");
  }

  /**
   * All media that any event or profile names: a file that is on no page is used by nothing that
   * this homeserver can read.
   *
   * @param size number of records to look at, at most
   */
  default ShownFiles usedMedia(@Nullable Cursor after, int size) {
    throw new UnsupportedOperationException("this homeserver does not tell what shows a file");
  }

  /** The media of which a record is left, among the first ones of a list that is not empty. */
  MediaLeft mediaLeft(List<String> ids);
}
