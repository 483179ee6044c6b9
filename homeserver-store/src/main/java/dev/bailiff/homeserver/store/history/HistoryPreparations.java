package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.history.EventPlace;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.store.batch.ArrivalWindows;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Fixes where the purge of each room's history ends. It waits until nobody writes into the room. A
 * writer takes its place in the order of arrival under the room's lock; events written later thus
 * lie behind the last arrival seen here, and this purge leaves them alone.
 */
final class HistoryPreparations {

  private static final String EXISTS =
      "select exists (select from homeserver.room where room_id = :room)";

  private final Handle handle;
  private final HistoryPreparation preparation;
  private final Predicate<String> known;

  private long done;
  private long skipped;
  private final List<Failure> failures = new ArrayList<>();
  private final List<Fact> facts = new ArrayList<>();

  HistoryPreparations(Handle handle, HistoryPreparation preparation) {
    this(handle, preparation, room -> RoomLocks.exclude(handle, room));
  }

  private HistoryPreparations(
      Handle handle, HistoryPreparation preparation, Predicate<String> known) {
    this.handle = handle;
    this.preparation = preparation;
    this.known = known;
  }

  /** Looks where purges would end, and keeps no writer out of a room. */
  static HistoryPreparations looking(Handle handle, HistoryPreparation preparation) {
    return new HistoryPreparations(
        handle,
        preparation,
        room -> handle.createQuery(EXISTS).bind("room", room).mapTo(Boolean.class).one());
  }

  BatchOutcome run() {
    preparation.rooms().forEach(this::prepare);
    return new BatchOutcome(done, skipped, failures, List.of(), facts, null, null);
  }

  private void prepare(Target room) {
    boolean exists = known.test(room.id());
    facts.add(new Fact(room.number(), "known", Boolean.toString(exists)));
    long planned = ArrivalWindows.lastArrival(handle);
    Long depth = preparation.upToDepth();
    if (depth == null) {
      depth =
          preparation.upToEvent() == null
              ? depthAt(room, exists)
              : depthOf(room, preparation.upToEvent());
    }
    if (depth == null) {
      return;
    }
    Long lowest = depth(HistorySql.LOWEST, room);
    Long newest = depth(HistorySql.NEWEST, room);
    if (newest != null && newest < depth) {
      fail(room, 400, "M_UNKNOWN", "The cut-off is beyond the newest event: one must remain");
    } else if (lowest == null || lowest >= depth) {
      skipped++;
    } else {
      HistoryCutOff cutOff = new HistoryCutOff(lowest, depth, planned);
      facts.add(new Fact(room.number(), "cut_off", cutOff.text()));
      done++;
    }
  }

  private @Nullable Long depthOf(Target room, String eventId) {
    Optional<EventPlace> event = RoomHistory.find(handle, eventId);
    if (event.isEmpty()) {
      return fail(room, 404, "M_NOT_FOUND", "The event is not known");
    }
    return event.get().roomId().equals(room.id())
        ? Long.valueOf(event.get().depth())
        : fail(room, 400, "M_UNKNOWN", "The event is one of another room");
  }

  private @Nullable Long depthAt(Target room, boolean exists) {
    Long at = preparation.upToAt();
    if (at == null) {
      return fail(room, 400, "M_BAD_JSON", "No cut-off was given");
    }
    if (!exists) {
      return fail(room, 404, "M_NOT_FOUND", "The room is not known");
    }
    Optional<Long> depth = RoomHistory.depthBefore(handle, room.id(), at);
    if (depth.isEmpty()) {
      skipped++;
    }
    return depth.orElse(null);
  }

  private @Nullable Long fail(Target room, int status, String code, String text) {
    failures.add(new Failure(room.id(), room.number(), true, status, code, text));
    return null;
  }

  private @Nullable Long depth(String statement, Target room) {
    return handle
        .createQuery(statement)
        .bind("room", room.id())
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }
}
