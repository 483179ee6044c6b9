package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Events.Pruned;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The statements of a purge of history on one stretch of a room's events.
 *
 * @param from the first place
 * @param to the end, not included
 * @param planned events that arrived after this one are not in the stretch
 */
record HistorySlice(String room, HistoryPlace from, HistoryPlace to, long planned) {

  /**
   * The first events of a stretch.
   *
   * @param end the place right behind the last of them
   */
  record Bound(HistoryPlace end, long items) {}

  /** The first events of the stretch, at most {@code size}; empty if the stretch has no events. */
  Optional<Bound> bound(Handle handle, int size) {
    return bind(handle.createQuery(HistorySql.BOUND))
        .bind("size", size)
        .map(
            (rs, ctx) ->
                new Bound(
                    HistoryPlace.behind(rs.getLong("depth"), rs.getLong("stream_ordering")),
                    rs.getLong("items")))
        .findOne();
  }

  /**
   * Deletes and detaches events. Redacted events stay redacted: if the redaction of a kept event is
   * deleted, the content of that event is pruned before.
   *
   * @return how many events were deleted or detached
   */
  long purge(Handle handle, String server, boolean localEvents) {
    List<Pruned> hidden =
        deleting(handle.createQuery(HistorySql.UNCENSORED), server, localEvents)
            .map(
                (rs, ctx) -> {
                  int version = RedactionRules.number(rs.getString("room_version"));
                  return new Pruned(
                      rs.getString("room_id"),
                      rs.getLong("stream_ordering"),
                      RedactionRules.content(
                          version, rs.getString("type"), rs.getString("content")),
                      RedactionRules.extra(version, rs.getString("extra")));
                })
            .list();
    Events.prune(handle, hidden);
    deleting(handle.createUpdate(HistorySql.DELETE_REDACTIONS), server, localEvents).execute();
    long deleted = deleting(handle.createUpdate(HistorySql.DELETE), server, localEvents).execute();
    return deleted + bind(handle.createUpdate(HistorySql.DETACH)).execute();
  }

  /** Number of events that should have been deleted or detached and were not. */
  long left(Handle handle, String server, boolean localEvents) {
    return deleting(handle.createQuery(HistorySql.COUNT_LEFT), server, localEvents)
        .mapTo(Long.class)
        .one();
  }

  private <S extends SqlStatement<S>> S deleting(S statement, String server, boolean localEvents) {
    return bind(statement).bind("server", server).bind("localEvents", localEvents);
  }

  private <S extends SqlStatement<S>> S bind(S statement) {
    return statement
        .bind("room", room)
        .bind("fromDepth", from.depth())
        .bind("fromArrival", from.arrival())
        .bind("toDepth", to.depth())
        .bind("toArrival", to.arrival())
        .bind("planned", planned);
  }
}
