package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.ShownFiles;
import org.jspecify.annotations.Nullable;

/**
 * Events of users: the work of {@code redact-events}. {@code Homeserver} describes shape, lists,
 * repetition, time and errors.
 */
public interface RedactionPort extends RedactableRooms {

  /**
   * Candidates for redaction, as ranges of at most {@code size} events each; a range never spans
   * users.
   */
  RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size);

  /** The number of the target whose events a range contains. Asks nobody. */
  int targetOf(Range range);

  /**
   * Redacts events. One item per candidate: done, or skipped (membership other than join, already
   * redacted), or failed.
   */
  BatchOutcome redact(Redaction redaction, BatchCommit commit);

  /**
   * The media that the candidates of a scope show and that could be deleted: files of this server
   * and copies, neither in quarantine nor protected.
   *
   * @param size number of events to look at, at most
   * @throws UnsupportedOperationException if the homeserver does not tell {@linkplain
   *     dev.bailiff.homeserver.media.MediaPort#usedMedia what uses a file}
   */
  default ShownFiles shownFiles(RedactionScope scope, @Nullable Cursor after, int size) {
    throw new UnsupportedOperationException("this homeserver does not tell what shows a file");
  }

  /**
   * How many candidates of a scope are not redacted, counted from a place on until the scope or the
   * time of a call ends.
   */
  EventsLeft eventsLeft(RedactionScope scope, @Nullable Cursor after);
}
