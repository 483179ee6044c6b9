package dev.bailiff.homeserver.store.timeline;

import dev.bailiff.homeserver.store.event.RedactionSql;

/**
 * Statements that read events for the light calls. {@code EventStatementsExplainIT} checks their
 * plans.
 */
final class TimelineSql {

  private static final String SELECT =
      "select " + StoredEvent.COLUMNS + " from homeserver.event e ";

  static final String EVENTS = SELECT + "where e.event_id = any (:eventIds) and not e.rejected";

  static final String EVENT = SELECT + "where e.event_id = :eventId and not e.rejected";

  /**
   * Redactions that are in force; the rows without {@code recheck} come first, as they need no
   * check here. The columns of the event are null if the redaction's event is missing, rejected or
   * in another room.
   */
  static final String REDACTIONS =
      "select x.redacts, x.event_id as redacted_by, "
          + StoredEvent.COLUMNS
          + """
           from homeserver.redaction x
          join homeserver.event t on t.event_id = x.redacts
          left join homeserver.event e
            on e.event_id = x.event_id and e.room_id = t.room_id and not e.rejected
          where x.redacts = any (:eventIds) and %s
          order by x.recheck, e.stream_ordering nulls last, x.event_id
          """
              .formatted(RedactionSql.holds("t", "x"));

  /**
   * Redactions that clients see: their target is stored, is not rejected, is in the same room and
   * is not the room's first event, and their sender may redact the target.
   */
  static final String SHOWN_REDACTIONS =
      """
      select e.event_id
      from unnest(:eventIds::text[], :redacts::text[]) as asked (event_id, redacts)
      join homeserver.event e on e.event_id = asked.event_id
      join homeserver.event t on t.event_id = asked.redacts and t.room_id = e.room_id
      left join homeserver.redaction x on x.event_id = e.event_id
      where not t.rejected and t.type <> 'm.room.create'
        and (x.recheck is not true or %s)
      """
          .formatted(RedactionSql.mayRedact("e", "t"));

  private static final String NOT_REDACTED =
      " and not e.rejected and not " + RedactionSql.IS_REDACTED;

  /**
   * Threads are sorted without their contents, as only the last event of a thread is shown. Both
   * sides of the join repeat the ids, so that a plan for any number of ids does not read all
   * threads of the store. Rooms and senders are compared by expressions that no index can serve, as
   * a sender may have a million events.
   */
  static final String THREADS =
      "select t.root, t.replies, t.joined, "
          + StoredEvent.COLUMNS
          + """
           from (
            select distinct on (p.event_id) p.event_id as root, e.event_id as latest,
                   count(*) over thread as replies,
                   bool_or(e.sender = :viewer or p.sender = :viewer) over thread as joined
            from homeserver.event p
            join homeserver.event e
              on e.relates_to = p.event_id and e.rel_type = 'm.thread'
                and e.room_id is not distinct from p.room_id
            where p.event_id = any (:eventIds) and e.relates_to = any (:eventIds)
          """
          + NOT_REDACTED
          + """
            window thread as (partition by p.event_id)
            order by p.event_id, e.depth desc, e.stream_ordering desc) t
          join homeserver.event e on e.event_id = t.latest
          """;

  /** Only the sender of an event can edit it. */
  static final String EDITS =
      "select distinct on (p.event_id) p.event_id as original, "
          + StoredEvent.COLUMNS
          + """
           from homeserver.event p
          join homeserver.event e
            on e.relates_to = p.event_id and e.rel_type = 'm.replace'
              and (e.room_id, e.type, e.sender) is not distinct from (p.room_id, p.type, p.sender)
          where p.event_id = any (:eventIds) and e.relates_to = any (:eventIds)
          """
          + NOT_REDACTED
          + " order by p.event_id, e.origin_server_ts desc, e.event_id desc";

  static final String REFERENCES =
      """
      select p.event_id as referred, e.event_id
      from homeserver.event p
      join homeserver.event e
        on e.relates_to = p.event_id and e.rel_type = 'm.reference'
          and e.room_id is not distinct from p.room_id
      where p.event_id = any (:eventIds) and e.relates_to = any (:eventIds)
      """
          + NOT_REDACTED
          + " order by e.depth, e.stream_ordering";

  private static final String SHOWN =
      SELECT
          + """
          where e.room_id = :roomId and not e.outlier and not e.rejected
          """;

  /** From one position back to another one, newest first. */
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

  /** The depth of the last event that arrived at or before a position in the order of arrival. */
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

  /**
   * The state event of each key {@code k} as it was at a position. If the current state event
   * stands at or before the position, it is the answer, even if other events stand between: the
   * order of events alone does not decide which of several competing ones wins, and the store knows
   * no more of the past.
   *
   * @param type a condition on the type of the events, worded so that the planner can choose the
   *     index
   */
  private static String atPlace(String type) {
    return """
     lateral (
      (select e.* from homeserver.current_state s
        join homeserver.event e on e.event_id = s.event_id
        where s.room_id = :roomId and s.type = k.type and s.state_key = k.state_key
          and (e.depth, e.stream_ordering) <= (:depth, :arrival))
      union all
      (select e.* from homeserver.event e
        where e.room_id = :roomId and %s and e.state_key = k.state_key
          and not e.rejected and not e.soft_failed
          and (e.depth, e.stream_ordering) <= (:depth, :arrival)
        order by e.depth desc, e.stream_ordering desc
        limit 1)
      limit 1) e
    """
        .formatted(type);
  }

  private static final String NO_MEMBER = "e.type = k.type and e.type <> 'm.room.member'";
  private static final String MEMBER = "e.type = 'm.room.member'";
  private static final String KEY_AND_EVENT =
      "select k.type as key_type, k.state_key as key_text, " + StoredEvent.COLUMNS;

  /**
   * All state except memberships. The statement steps from key to key, as a key may have any number
   * of events.
   */
  static final String STATE_AT =
      """
      with recursive key as (
        (select e.type, e.state_key from homeserver.event e
          where e.room_id = :roomId and e.state_key is not null and e.type <> 'm.room.member'
            and (e.type, e.state_key) >= (:fromType, :fromKey)
          order by e.type, e.state_key
          limit 1)
        union all
        select n.type, n.state_key from key
        cross join lateral (
          select e.type, e.state_key from homeserver.event e
          where e.room_id = :roomId and e.state_key is not null and e.type <> 'm.room.member'
            and (e.type, e.state_key) > (key.type, key.state_key)
          order by e.type, e.state_key
          limit 1) n)
      """
          + KEY_AND_EVENT
          + " from (select type, state_key from key limit :limit) k left join "
          + atPlace(NO_MEMBER)
          + " on true order by k.type, k.state_key";

  /** The keys come from the memberships, as every user who is or was in the room has one there. */
  static final String MEMBERS_AT =
      KEY_AND_EVENT
          + """
           from (select 'm.room.member'::text collate "C" as type, m.user_id as state_key
                 from homeserver.membership m
                 where m.room_id = :roomId and m.user_id >= :fromKey
                 order by m.user_id
                 limit :limit) k
          left join
          """
          + atPlace(MEMBER)
          + " on true order by k.state_key";

  /** The memberships of given users. */
  static final String MEMBERSHIPS_AT =
      KEY_AND_EVENT
          + """
           from (select 'm.room.member'::text collate "C" as type, u.state_key
                 from unnest(:users::text[]) as u (state_key)) k
          cross join
          """
          + atPlace(MEMBER)
          + " order by k.state_key";

  /**
   * Rooms of a space. The limit is far above the number of rooms in any space that people can use.
   */
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
