package dev.bailiff.homeserver.store.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A batch of a purge of history (admin-api 5.11). Deleted events are gone, detached events are
 * outliers, and the cursor lies behind both: a repetition changes and counts nothing.
 */
final class HistoryPurges {

  /**
   * Notes the purged depth: a later import of a snapshot does not bring back missing events below
   * it.
   */
  private static final String NOTE =
      """
      insert into homeserver.purged_history as h (room_id, below_depth) values (:room, :depth)
      on conflict (room_id) do update set below_depth = excluded.below_depth
      where h.below_depth < excluded.below_depth
      """;

  private HistoryPurges() {}

  static BatchOutcome purge(Handle handle, String server, RoomPurge purge) {
    HistoryRange range = HistoryRange.parse(purge.range());
    Progress before = Progress.of(purge.after(), range);
    RoomLocks.share(handle, List.of(range.room()));
    HistorySlice rest = new HistorySlice(range.room(), before.place, range.to(), range.planned());
    // A batch that takes all the rest need not look for its end.
    boolean last = range.items() - before.seen <= purge.size();
    Optional<HistorySlice.Bound> bound = last ? Optional.empty() : rest.bound(handle, purge.size());
    HistoryPlace end = bound.map(HistorySlice.Bound::end).orElse(range.to());
    long done =
        new HistorySlice(range.room(), before.place, end, range.planned())
            .purge(handle, server, range.localEvents());
    // The end is a place: events of the same depth that came before it are purged, too.
    handle.createUpdate(NOTE).bind("room", range.room()).bind("depth", end.depth() + 1).execute();
    if (bound.isEmpty()) {
      // Events that the plan counted and no batch changed needed nothing.
      long skipped = Math.max(0, range.items() - before.done - done);
      return BatchOutcome.of(done, skipped, null).withEffects(effects(range.room(), done));
    }
    return BatchOutcome.of(
            done,
            0,
            new Progress(end, before.seen + bound.get().items(), before.done + done).cursor())
        .withEffects(effects(range.room(), done));
  }

  /** Without their ids, as a room has millions. */
  private static List<Effect> effects(String room, long done) {
    return done == 0 ? List.of() : List.of(Effect.counted(room, done));
  }

  /**
   * The progress in a range.
   *
   * @param place where the next batch begins
   * @param seen number of events before that place
   * @param done number of those events that were deleted or detached
   */
  private record Progress(HistoryPlace place, long seen, long done) {

    static Progress of(@Nullable Cursor cursor, HistoryRange range) {
      if (cursor == null) {
        return new Progress(range.from(), 0, 0);
      }
      JsonNode json = EventJson.parse(cursor.value());
      return new Progress(
          new HistoryPlace(json.required(0).longValue(), json.required(1).longValue()),
          json.required(2).longValue(),
          json.required(3).longValue());
    }

    Cursor cursor() {
      return new Cursor(
          "[" + place.depth() + "," + place.arrival() + "," + seen + "," + done + "]");
    }
  }
}
