package dev.bailiff.homeserver.history;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * History of rooms: the work of {@code purge-history}. {@code Homeserver} describes shape, lists,
 * repetition, time and errors.
 */
public interface HistoryPort {

  /**
   * Fixes where the purge of each room's history ends, before any event is deleted. Facts: {@code
   * known} ({@code true}, {@code false}); {@code cut_off}, opaque, at most a few hundred
   * characters; a room without a cut-off has nothing to purge. A cut-off beyond the newest event
   * fails the room (400 {@code M_UNKNOWN}): one event must remain. One item per room.
   */
  BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit);

  /**
   * The events that a purge of history looks at, as ranges of at most {@code size} events each. No
   * range contains events that arrived after the cut-off was fixed.
   */
  RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size);

  /**
   * Purges a range of events: messages are deleted for good. State is kept and only detached from
   * the timeline; so are messages of local users, unless the scope includes them. One item per
   * event: done if it was deleted or detached, skipped if it was detached before.
   */
  BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit);

  /** How many events of a scope are left that should be deleted or detached. */
  Verdict verifyHistory(HistoryScope scope);
}
