package dev.bailiff.homeserver.store.room;

import java.util.List;

/**
 * What the light reads ask of events, for the test that holds the plans of everything that touches
 * them.
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
