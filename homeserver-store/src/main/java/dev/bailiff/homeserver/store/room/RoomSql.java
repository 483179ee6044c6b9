package dev.bailiff.homeserver.store.room;

import dev.bailiff.homeserver.store.event.CurrentState;

/**
 * Statements that read rooms. A room without a current state has no joined members (admin-api 5.6).
 */
public final class RoomSql {

  static final String FIND =
      """
      select r.room_id, r.room_version, r.creator, r.public,
             coalesce(r.state_events,
               (select count(*) from homeserver.current_state s where s.room_id = r.room_id)) as state_events,
             not exists (
               select from homeserver.membership m
               where m.room_id = r.room_id and m.user_server = :server and not m.forgotten) as forgotten
      from homeserver.room r
      where r.room_id = :roomId
      """;

  static final String STATE =
      """
      select s.type, e.content
      from homeserver.current_state s
      join homeserver.event e on e.event_id = s.event_id
      where s.room_id = :roomId and s.state_key = '' and s.type = any (:types)
      """;

  /**
   * The create event is the first event of a room. The statement looks at a few more, as an import
   * may put other events before it.
   */
  static final String CREATE_EVENT =
      """
      select first.sender, first.content
      from (select e.type, e.sender, e.content, e.stream_ordering
            from homeserver.event e
            where e.room_id = :roomId
            order by e.stream_ordering
            limit 50) first
      where first.type = 'm.room.create'
      order by first.stream_ordering
      limit 1
      """;

  static final String COUNTS =
      """
      select count(*) as members,
             count(*) filter (where m.user_server = :server) as local_members
      from homeserver.membership m
      where m.room_id = :roomId and m.membership = 'join'
      """;

  static final String LOCAL_DEVICES =
      """
      select count(*)
      from homeserver.membership m
      join homeserver.device d on d.user_id = m.user_id
      where m.room_id = :roomId and m.user_server = :server and m.membership = 'join' and not d.hidden
      """;

  static final String HAS_STATE = "select " + CurrentState.existsIn(":roomId");

  static final String BY_ALIAS = "select room_id from homeserver.room_alias where alias = :alias";

  /**
   * The {@code offset 0} keeps the planner from walking all aliases in their order to find those of
   * one room.
   */
  static final String ALIASES =
      """
      select a.alias
      from (select alias from homeserver.room_alias where room_id = :roomId offset 0) a
      where a.alias > :after
      order by a.alias
      limit :limit
      """;

  static final String KNOWN = "select exists (select from homeserver.room where room_id = :roomId)";

  static final String JOINED_MEMBERS =
      """
      select m.user_id
      from homeserver.membership m
      where m.room_id = :roomId and m.membership = 'join' and m.user_id > :after
        and %s
      order by m.user_id
      limit :limit
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  static final String BLOCKED_BY =
      "select user_id from homeserver.blocked_room where room_id = :roomId";

  /** A second blocker does not replace the first one (admin-api 5.10). */
  static final String BLOCK =
      """
      insert into homeserver.blocked_room (room_id, user_id) values (:roomId, :userId)
      on conflict do nothing
      """;

  static final String UNBLOCK = "delete from homeserver.blocked_room where room_id = :roomId";

  public static final String EVENT_PLACE =
      "select room_id, depth from homeserver.event where event_id = :eventId and not rejected";

  /**
   * Compares the time that events claim themselves, as the store keeps no other time. The statement
   * takes the event with the latest time, not the latest arrival: otherwise a new event that claims
   * an ancient time would set the end of the purge.
   */
  public static final String DEPTH_BEFORE =
      """
      select e.depth
      from homeserver.event e
      where e.room_id = :roomId and e.origin_server_ts < :at and not e.outlier and not e.rejected
      order by e.origin_server_ts desc, e.stream_ordering desc
      limit 1
      """;

  private RoomSql() {}
}
