package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The state of rooms, present and past, page by page, as a room may have a million members
 * (admin-api 5.7, 5.42).
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
   * @param type the only type to read; null for all
   * @param after the last event of the page before, in any form; null at the start
   */
  public List<ObjectNode> page(
      String roomId,
      @Nullable String type,
      @Nullable ObjectNode after,
      EventFormat form,
      int limit) {
    String sql = type == null ? TimelineSql.STATE_PAGE : TimelineSql.STATE_OF_TYPE;
    return jdbi.inTransaction(
        handle -> {
          Query query = handle.createQuery(sql).bind("roomId", roomId).bind("limit", limit);
          if (type == null) {
            query.bind("fromType", after == null ? "" : after.path("type").asText());
          } else {
            query.bind("type", type);
          }
          // The smallest text after a key is the key followed by the smallest character that
          // PostgreSQL can hold.
          query.bind("fromKey", after == null ? "" : after.path("state_key").asText() + '\u0001');
          List<StoredEvent> events = query.map((rs, ctx) -> StoredEvent.of(rs)).list();
          return forms(handle).of(events, form);
        });
  }

  /**
   * Part of the state as it was at a position in the room's history: first everything except
   * memberships, in the order of type and state key, then the memberships. The order of the events
   * decides what was state at a position. Where servers disagreed at that time, the store does not
   * know which event won.
   *
   * @param after the last key of the page before; null at the start
   * @param filter selects the events to show
   * @param limit maximum number of keys
   */
  public StatePage pageAt(
      String roomId, StreamToken at, @Nullable StateKey after, EventFilter filter, int limit) {
    if (after == null || !after.isMember()) {
      StatePage page = pageAt(TimelineSql.STATE_AT, roomId, at, after, filter, limit);
      return page.last() == null ? new StatePage(page.events(), StateKey.FIRST_MEMBER) : page;
    }
    return pageAt(TimelineSql.MEMBERS_AT, roomId, at, after, filter, limit);
  }

  private StatePage pageAt(
      String sql,
      String roomId,
      StreamToken at,
      @Nullable StateKey after,
      EventFilter filter,
      int limit) {
    return jdbi.inTransaction(
        handle -> {
          Query query = handle.createQuery(sql);
          if (sql.equals(TimelineSql.STATE_AT)) {
            query.bind("fromType", after == null ? "" : after.type());
          }
          List<StateKey> keys = new ArrayList<>();
          List<StoredEvent> events = new ArrayList<>();
          query
              .bind("roomId", roomId)
              .bind("fromKey", after == null ? "" : after.key() + '\u0001')
              .bind("depth", at.depth())
              .bind("arrival", at.arrival())
              .bind("limit", limit)
              .map(
                  (rs, ctx) -> {
                    keys.add(new StateKey(rs.getString("key_type"), rs.getString("key_text")));
                    // A key that had no event yet at this position.
                    return rs.getString("event_id") == null
                        ? Optional.<StoredEvent>empty()
                        : Optional.of(StoredEvent.of(rs));
                  })
              .forEach(event -> event.ifPresent(events::add));
          return new StatePage(
              formatted(handle, events, filter),
              keys.size() < limit ? null : keys.get(keys.size() - 1));
        });
  }

  /**
   * Membership events of the given users at a position in the room's history; users who had none
   * then are missing.
   */
  public List<ObjectNode> membersAt(
      String roomId, StreamToken at, List<String> users, EventFilter filter) {
    return jdbi.inTransaction(
        handle ->
            formatted(
                handle,
                handle
                    .createQuery(TimelineSql.MEMBERSHIPS_AT)
                    .bind("roomId", roomId)
                    .bind("depth", at.depth())
                    .bind("arrival", at.arrival())
                    .bindArray("users", String.class, users.toArray())
                    .map((rs, ctx) -> StoredEvent.of(rs))
                    .list(),
                filter));
  }

  private List<ObjectNode> formatted(Handle handle, List<StoredEvent> events, EventFilter filter) {
    return forms(handle)
        .of(events.stream().filter(filter::letsThrough).toList(), filter.formOfState());
  }

  private EventFormats forms(Handle handle) {
    return new EventFormats(handle, clock.millis(), "");
  }
}
