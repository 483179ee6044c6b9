package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Verdict;
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

  /**
   * Redacts events. One item per candidate: done, or skipped (membership other than join, already
   * redacted), or failed.
   */
  BatchOutcome redact(Redaction redaction, BatchCommit commit);

  /** How many candidates of a scope are not redacted. */
  Verdict verifyRedaction(RedactionScope scope);
}
