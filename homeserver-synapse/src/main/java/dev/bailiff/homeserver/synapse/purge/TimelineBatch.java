package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.homeserver.synapse.database.BusyException;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/**
 * Deletes some timeline events of a room with everything that depends on them, in one transaction.
 * State stays, and so do the events that Synapse's forward extremities and room list refer to:
 * Synapse deletes these in its own last step.
 *
 * <p><b>Crash:</b> nothing is lost at any instruction. Before the commit PostgreSQL rolls the whole
 * transaction back, so an event is there with all its rows or gone with all its rows. After the
 * commit the checkpoint in the job store may be behind. The next transaction then begins at the old
 * position, finds no event of those that are gone, and goes on with the next ones. It never counts
 * on what an earlier transaction did. A worker that was stopped past its lease may run beside its
 * successor: both delete rows of the same events by {@code event_id}, the second one waits for the
 * first one's locks and deletes nothing. Synapse itself reads a room with gaps in its timeline as
 * it reads one whose history was purged, and the room is blocked, so nobody can join it.
 *
 * <p><b>Size:</b> at most {@value #MOST_EVENTS} events; it grows and shrinks so that a transaction
 * takes 100 to 300 ms.
 *
 * <p><b>Concurrency:</b> thread-safe; the size is shared.
 */
final class TimelineBatch {
  private static final int FEWEST_EVENTS = 10;
  private static final int FIRST_EVENTS = 250;
  private static final int MOST_EVENTS = 1000;
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMillis(300);

  private static final String CONDITIONS =
      """
      select exists (select from blocked_rooms where room_id = :room) as blocked,
             (select version from schema_version) as version,
             (select count(*) from applied_schema_deltas where version > :base) as deltas""";

  private static final String EVENTS =
      """
      select e.event_id, e.stream_ordering
      from events e
      where e.room_id = :room
        and e.stream_ordering > :after
        and e.stream_ordering <= :end
        and e.state_key is null
        and not exists (select from event_forward_extremities x where x.event_id = e.event_id)
        and not exists (
          select from sliding_sync_joined_rooms s
          where s.event_stream_ordering = e.stream_ordering)
      order by e.stream_ordering
      limit :size""";

  private final AtomicInteger size = new AtomicInteger(FIRST_EVENTS);

  /**
   * The events to delete next.
   *
   * @param after stream position behind which they are
   * @param end the last stream position that may be deleted
   * @param most number of events at most
   */
  record Stretch(String room, long after, long end, int most) {}

  /** The result of a transaction. */
  sealed interface Result {

    /**
     * Events are gone.
     *
     * @param events their number
     * @param last position of the last one; {@code end} if no more are left
     */
    record Deleted(int events, long last) implements Result {}

    /** The room is not blocked; nothing was deleted. */
    record Unblocked() implements Result {}

    /** The schema is another one than before; nothing was deleted. */
    record Changed(String reason) implements Result {}
  }

  /**
   * Deletes events.
   *
   * @param known the schema that {@link SchemaCheck} found
   * @throws BusyException if a statement had to wait too long; the next batch is smaller
   */
  Result delete(Handle connection, Stretch stretch, KnownSchema known) {
    int events = Math.min(stretch.most(), size.get());
    long start = System.nanoTime();
    try {
      var result =
          SynapseDatabase.inTransaction(
              connection, handle -> transaction(handle, stretch, events, known));
      resize(Duration.ofNanos(System.nanoTime() - start));
      return result;
    } catch (BusyException e) {
      resize(LONG.plus(LONG));
      throw e;
    }
  }

  private void resize(Duration took) {
    if (took.compareTo(SHORT) < 0) {
      size.updateAndGet(events -> Math.min(MOST_EVENTS, events * 2));
    } else if (took.compareTo(LONG) > 0) {
      size.updateAndGet(events -> Math.max(FEWEST_EVENTS, events / 2));
    }
  }

  private static Result transaction(Handle handle, Stretch stretch, int size, KnownSchema known) {
    var refusal = refusal(handle, stretch.room(), known);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    var events =
        handle
            .createQuery(EVENTS)
            .bind("room", stretch.room())
            .bind("after", stretch.after())
            .bind("end", stretch.end())
            .bind("size", size)
            .map(
                (row, context) ->
                    new Event(row.getString("event_id"), row.getLong("stream_ordering")))
            .list();
    if (events.isEmpty()) {
      return new Result.Deleted(0, stretch.end());
    }
    int deleted = delete(handle, stretch.room(), events);
    return new Result.Deleted(
        deleted, events.size() < size ? stretch.end() : events.get(events.size() - 1).position());
  }

  private static Optional<Result> refusal(Handle handle, String room, KnownSchema known) {
    return handle
        .createQuery(CONDITIONS)
        .bind("room", room)
        .bind("base", KnownSchema.BASE)
        .map(
            (row, context) -> {
              if (row.getInt("version") != known.schemaVersion()
                  || row.getInt("deltas") != known.deltas().size()) {
                return Optional.<Result>of(
                    new Result.Changed("Synapse's schema was changed during the purge"));
              }
              return row.getBoolean("blocked")
                  ? Optional.<Result>empty()
                  : Optional.<Result>of(new Result.Unblocked());
            })
        .one();
  }

  /** Deletes the rows that depend on events, then the events. */
  private static int delete(Handle handle, String room, List<Event> events) {
    var ids = events.stream().map(Event::id).toList();
    for (var table : PurgeTables.BY_EVENT) {
      handle
          .createUpdate("delete from <table> where event_id = any(:ids)")
          .define("table", table)
          .bindArray("ids", String.class, ids)
          .execute();
    }
    handle
        .createUpdate(
            "delete from event_push_actions where room_id = :room and event_id = any(:ids)")
        .bind("room", room)
        .bindArray("ids", String.class, ids)
        .execute();
    return handle
        .createUpdate("delete from events where event_id = any(:ids)")
        .bindArray("ids", String.class, ids)
        .execute();
  }

  private record Event(String id, long position) {}
}
