package dev.bailiff.homeserver.redaction;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of users: what {@code redact-events} does. Shape, lists, repetition, time and errors are
 * as {@code Homeserver} says.
 */
public interface RedactionPort {

  /**
   * The rooms in which a user's events are redacted when none are named: joined ones and those the
   * user is banned from (admin-api C9).
   *
   * @return at most {@code limit} room ids in ascending order, beginning behind {@code after}
   *     (null: at the start)
   */
  List<String> redactableRooms(String user, @Nullable String after, int limit);

  /**
   * Candidates for redaction, as ranges of at most {@code size} events each; a range never spans
   * users.
   */
  RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size);

  /**
   * Redacts. One item a candidate: done, or skipped (membership other than join, already redacted),
   * or failed.
   */
  BatchOutcome redact(Redaction redaction, BatchCommit commit);

  /** How many candidates of a scope are not redacted. */
  Verdict verifyRedaction(RedactionScope scope);
}
