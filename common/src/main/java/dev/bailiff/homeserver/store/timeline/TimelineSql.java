package dev.bailiff.homeserver.store.timeline;

/**
 * Statements that read events for the light calls. {@code EventStatementsExplainIT} holds their
 * plans.
 */
final class TimelineSql {

  private static final String SELECT =
      "select " + StoredEvent.COLUMNS + " from homeserver.event e ";

  static final String EVENTS = SELECT + "where e.event_id = any (:eventIds) and not e.rejected";

  static final String EVENT = SELECT + "where e.event_id = :eventId and not e.rejected";

  static final String REDACTIONS =
      "select x.redacts, "
          + StoredEvent.COLUMNS
          + """
           from homeserver.redaction x
          join homeserver.event t on t.event_id = x.redacts
          join homeserver.event e on e.event_id = x.event_id and e.room_id = t.room_id
          where x.redacts = any (:eventIds) and not e.rejected
          order by e.stream_ordering
          """;

  private static final String SHOWN =
      SELECT
          + """
          where e.room_id = :roomId and not e.outlier and not e.rejected
          """;

  /** From a place towards the oldest event, as far as another place. */
  static final String BACKWARDS =
      SHOWN
          + """
          and (e.depth, e.stream_ordering) <= (:depth, :arrival)
          and (e.depth, e.stream_ordering) > (:toDepth, :toArrival)
          order by e.depth desc, e.stream_ordering desc
          limit :limit
          """;

  static final String FORWARDS =
      SHOWN
          + """
          and (e.depth, e.stream_ordering) > (:depth, :arrival)
          and (e.depth, e.stream_ordering) <= (:toDepth, :toArrival)
          order by e.depth, e.stream_ordering
          limit :limit
          """;

  /** The last event to arrive before a place in the order of arrival. */
  static final String ARRIVED =
      """
      select e.depth from homeserver.event e
      where e.room_id = :roomId and e.stream_ordering <= :arrival and not e.outlier
      order by e.stream_ordering desc
      limit 1
      """;

  static final String NEXT_IN_TIME =
      SHOWN
          + """
          and e.origin_server_ts >= :at
          order by e.origin_server_ts, e.stream_ordering
          limit 1
          """;

  static final String LAST_IN_TIME =
      SHOWN
          + """
          and e.origin_server_ts <= :at
          order by e.origin_server_ts desc, e.stream_ordering desc
          limit 1
          """;

  private static final String STATE =
      "select "
          + StoredEvent.COLUMNS
          + """
           from homeserver.current_state s
          join homeserver.event e on e.event_id = s.event_id
          where s.room_id = :roomId
          """;

  static final String STATE_PAGE =
      STATE
          + """
          and (s.type, s.state_key) >= (:fromType, :fromKey)
          order by s.type, s.state_key
          limit :limit
          """;

  static final String STATE_OF_TYPE =
      STATE
          + """
          and s.type = :type and s.state_key >= :fromKey
          order by s.state_key
          limit :limit
          """;

  static final String MEMBERS =
      STATE + "and s.type = 'm.room.member' and s.state_key = any (:users) order by s.state_key";

  /** Rooms of a space. More of them than the limit has none that anybody could use. */
  static final String CHILDREN =
      """
      select s.state_key, e.content, e.sender, e.origin_server_ts
      from homeserver.current_state s
      join homeserver.event e on e.event_id = s.event_id
      where s.room_id = :roomId and s.type = 'm.space.child'
      order by s.state_key
      limit :limit
      """;

  private TimelineSql() {}
}
