package dev.bailiff.homeserver.store.timeline;

import java.util.List;

/**
 * The statements of this package, for the test that checks the plans of all statements on events.
 */
public final class TimelineEventSql {
  public static final List<String> ALL =
      List.of(
          TimelineSql.EVENT,
          TimelineSql.EVENTS,
          TimelineSql.REDACTIONS,
          TimelineSql.BACKWARDS,
          TimelineSql.FORWARDS,
          TimelineSql.ARRIVED,
          TimelineSql.NEXT_IN_TIME,
          TimelineSql.LAST_IN_TIME,
          TimelineSql.STATE_PAGE,
          TimelineSql.STATE_OF_TYPE,
          TimelineSql.STATE_AT,
          TimelineSql.MEMBERS_AT,
          TimelineSql.MEMBERSHIPS_AT,
          TimelineSql.THREADS,
          TimelineSql.EDITS,
          TimelineSql.REFERENCES,
          TimelineSql.CHILDREN);

  /** The statements that read a room's history in the order in which clients see it. */
  public static final List<String> WALKS = List.of(TimelineSql.BACKWARDS, TimelineSql.FORWARDS);

  private TimelineEventSql() {}
}
