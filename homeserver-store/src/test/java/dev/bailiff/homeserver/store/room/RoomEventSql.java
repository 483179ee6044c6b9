package dev.bailiff.homeserver.store.room;

import java.util.List;

/**
 * Statements on events of light reads, for the test that checks the plans of all statements on
 * events.
 */
public final class RoomEventSql {
  public static final List<String> ALL =
      List.of(
          RoomSql.STATE,
          RoomSql.CREATE_EVENT,
          RoomSql.EVENT_PLACE,
          RoomSql.DEPTH_BEFORE,
          SummarySql.STATE,
          SummarySql.CREATION);

  private RoomEventSql() {}
}
