package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The current state of rooms, page by page: a room may have a million members (admin-api 5.7).
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class RoomState {

  private final Jdbi jdbi;
  private final Clock clock;

  public RoomState(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /**
   * A page of state in the order of type and state key.
   *
   * @param type that alone; null for all
   * @param after the last event of the page before, in whatever form; null at the start
   */
  public List<ObjectNode> page(
      String roomId, @Nullable String type, @Nullable ObjectNode after, EventForm form, int limit) {
    String sql = type == null ? TimelineSql.STATE_PAGE : TimelineSql.STATE_OF_TYPE;
    return jdbi.inTransaction(
        handle -> {
          Query query = handle.createQuery(sql).bind("roomId", roomId).bind("limit", limit);
          if (type == null) {
            query.bind("fromType", after == null ? "" : after.path("type").asText());
          } else {
            query.bind("type", type);
          }
          // The smallest text behind another one is that with the smallest character that
          // PostgreSQL holds.
          query.bind("fromKey", after == null ? "" : after.path("state_key").asText() + '\u0001');
          List<StoredEvent> events = query.map((rs, ctx) -> StoredEvent.of(rs)).list();
          return new EventForms(handle, clock.millis()).of(events, form);
        });
  }

  /** Membership events of some users, of those who have one. */
  public List<ObjectNode> members(String roomId, List<String> users, EventForm form) {
    return jdbi.inTransaction(
        handle ->
            new EventForms(handle, clock.millis())
                .of(
                    handle
                        .createQuery(TimelineSql.MEMBERS)
                        .bind("roomId", roomId)
                        .bindArray("users", String.class, users.toArray())
                        .map((rs, ctx) -> StoredEvent.of(rs))
                        .list(),
                    form));
  }
}
