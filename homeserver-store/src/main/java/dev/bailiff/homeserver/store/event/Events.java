package dev.bailiff.homeserver.store.event;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes events, set-based and as part of the caller's transaction. */
public final class Events {

  /** The parts of an event that remain after pruning. */
  public record Pruned(
      String roomId, long streamOrdering, String content, @Nullable String extra) {}

  private Events() {}

  /**
   * Writes events in the order given; events whose id exists are left alone.
   *
   * @return how many were new
   */
  public static int insert(Handle handle, List<NewEvent> events) {
    if (events.isEmpty()) {
      return 0;
    }
    return handle
        .createUpdate(EventSql.INSERT)
        .bindArray("eventIds", String.class, column(events, NewEvent::eventId))
        .bindArray("roomIds", String.class, column(events, NewEvent::roomId))
        .bindArray("types", String.class, column(events, NewEvent::type))
        .bindArray("senders", String.class, column(events, NewEvent::sender))
        .bindArray("stateKeys", String.class, column(events, NewEvent::stateKey))
        .bindArray("contents", String.class, column(events, NewEvent::content))
        .bindArray("extras", String.class, column(events, NewEvent::extra))
        .execute();
  }

  /**
   * Replaces the contents of events. The list must be in key order, as rows are locked in its
   * order.
   */
  public static void prune(Handle handle, List<Pruned> events) {
    if (events.isEmpty()) {
      return;
    }
    handle
        .createUpdate(EventSql.PRUNE)
        .bindArray("rooms", String.class, column(events, Pruned::roomId))
        .bindArray(
            "orderings",
            Long.class,
            events.stream().map(Pruned::streamOrdering).toArray(Long[]::new))
        .bindArray("contents", String.class, column(events, Pruned::content))
        .bindArray("extras", String.class, column(events, Pruned::extra))
        .execute();
  }

  /** A column as JDBI binds it: an array, which may contain nulls. */
  public static <T> Object[] column(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }
}
