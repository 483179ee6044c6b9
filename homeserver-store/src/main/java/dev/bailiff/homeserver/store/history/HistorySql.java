package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.store.event.RedactionSql;

/**
 * Every statement of a purge of history that touches {@code homeserver.event}; {@code
 * EventStatementsExplainIT} checks their plans. The statements walk by depth and arrival, in the
 * index that leaves detached state out.
 */
public final class HistorySql {

  /**
   * A stretch of a room's events, from one place to before another, without events that arrived
   * after the purge was planned.
   */
  private static final String STRETCH =
      """
      e.room_id = :room
          and (e.depth, e.stream_ordering) >= (:fromDepth, :fromArrival)
          and (e.depth, e.stream_ordering) < (:toDepth, :toArrival)
          and e.stream_ordering <= :planned
      """;

  /** The events of a stretch that are deleted; all others are detached. */
  private static final String DELETED =
      """
      e.state_key is null
          and (:localEvents or substring(e.sender from position(':' in e.sender) + 1) <> :server)
      """;

  /** The depth of the lowest event that a purge would look at. */
  static final String LOWEST =
      """
      select e.depth
      from homeserver.event e
      where e.room_id = :room and (not e.outlier or e.state_key is null)
      order by e.depth, e.stream_ordering
      limit 1
      """;

  /**
   * The depth of the newest event. At least one event of this depth must remain, so that the room
   * can go on from it.
   */
  static final String NEWEST =
      """
      select e.depth
      from homeserver.event e
      where e.room_id = :room and not e.outlier and not e.rejected and not e.soft_failed
      order by e.depth desc, e.stream_ordering desc
      limit 1
      """;

  /** The end of a range or a batch, found before anything is changed. */
  public static final String BOUND =
      """
      select c.depth, c.stream_ordering, count(*) over () as items
      from (select e.depth, e.stream_ordering
            from homeserver.event e
            where %s
              and (not e.outlier or e.state_key is null)
            order by e.depth, e.stream_ordering
            limit :size) c
      order by c.depth desc, c.stream_ordering desc
      limit 1
      """
          .formatted(STRETCH);

  /**
   * Kept events whose redaction is in force and is to be deleted, but whose content is still
   * complete; an import may bring such events. Only the record of the redaction hides that content.
   * A redaction that is not in force hides nothing, so its target stays unchanged.
   *
   * <p>The statement proceeds step by step, and compares the room as an expression. While a big
   * room is newer than the statistics, the planner takes the room for empty, and would otherwise
   * walk all of it for each redaction.
   */
  static final String UNCENSORED =
      """
      with gone as materialized (
        select e.event_id
        from homeserver.event e
        where e.type = 'm.room.redaction' and %s
          and %s),
      hidden as materialized (
        select r.event_id, r.redacts, r.recheck
        from gone
        join homeserver.redaction r on r.event_id = gone.event_id
        where not r.have_censored)
      select t.room_id, t.stream_ordering, t.type, t.content, t.extra, m.room_version
      from hidden
      join homeserver.event t on t.event_id = hidden.redacts
      join homeserver.room m on m.room_id = t.room_id
      where t.room_id || '' = :room and %s
      order by t.room_id, t.stream_ordering
      """
          .formatted(STRETCH, DELETED, RedactionSql.holds("t", "hidden"));

  /** Deletes the rows of redactions together with their events. */
  static final String DELETE_REDACTIONS =
      """
      delete from homeserver.redaction r
      using (select e.event_id
             from homeserver.event e
             where e.type = 'm.room.redaction' and %s
               and %s
             order by e.event_id) gone
      where r.event_id = gone.event_id
      """
          .formatted(STRETCH, DELETED);

  /** Deletes without "returning", which would fetch each row once more. */
  public static final String DELETE =
      """
      delete from homeserver.event e
      where %s
        and %s
      """
          .formatted(STRETCH, DELETED);

  /** Detaches the events of a stretch that its deletions left: they stay, outside the timeline. */
  public static final String DETACH =
      """
      update homeserver.event e set outlier = true
      where %s
        and not e.outlier
      """
          .formatted(STRETCH);

  /** Counts events that should have been deleted or detached. */
  public static final String COUNT_LEFT =
      """
      select count(*)
      from homeserver.event e
      where %s
        and (not e.outlier or e.state_key is null)
        and (not e.outlier or %s)
      """
          .formatted(STRETCH, DELETED);

  private HistorySql() {}
}
