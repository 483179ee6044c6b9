package dev.bailiff.homeserver.store.history;

import dev.bailiff.homeserver.store.event.RedactionSql;

/**
 * Every statement of a purge of history that touches {@code homeserver.event}; {@code
 * EventStatementsExplainIT} holds their plans. They walk by depth and arrival, in the index that
 * leaves detached state out.
 */
public final class HistorySql {

  /**
   * A stretch of a room's events, from one place to before another, without what arrived after the
   * purge was planned.
   */
  private static final String STRETCH =
      """
      e.room_id = :room
          and (e.depth, e.stream_ordering) >= (:fromDepth, :fromArrival)
          and (e.depth, e.stream_ordering) < (:toDepth, :toArrival)
          and e.stream_ordering <= :planned
      """;

  /** What is deleted of a stretch; the rest is detached. */
  private static final String DELETED =
      """
      e.state_key is null
          and (:localEvents or substring(e.sender from position(':' in e.sender) + 1) <> :server)
      """;

  /** Where events begin that a purge would look at. */
  static final String LOWEST =
      """
      select e.depth
      from homeserver.event e
      where e.room_id = :room and (not e.outlier or e.state_key is null)
      order by e.depth, e.stream_ordering
      limit 1
      """;

  /** One event of this depth at least must remain, so that the room can go on from it. */
  static final String NEWEST =
      """
      select e.depth
      from homeserver.event e
      where e.room_id = :room and not e.outlier and not e.rejected and not e.soft_failed
      order by e.depth desc, e.stream_ordering desc
      limit 1
      """;

  /** Where a range or a batch ends: found before anything is touched. */
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
   * Kept events whose redaction holds and goes, and whose content is still whole: an import may
   * have such. The record of the redaction is all that hides that content. A redaction that does
   * not hold hides nothing, so its target stays as it is.
   *
   * <p>Step by step, and the room compared as an expression: while a big room is newer than the
   * statistics, the planner takes it for empty, and would walk all of it for each redaction.
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

  /** The rows of redactions go with their events. */
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

  /** Plain, as "returning" would fetch each row once more. */
  public static final String DELETE =
      """
      delete from homeserver.event e
      where %s
        and %s
      """
          .formatted(STRETCH, DELETED);

  /** What a stretch still holds after its deletions stays, outside the timeline. */
  public static final String DETACH =
      """
      update homeserver.event e set outlier = true
      where %s
        and not e.outlier
      """
          .formatted(STRETCH);

  /** What should have been deleted or detached. */
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
