package dev.bailiff.homeserver.store.snapshot;

import java.util.List;

/** The writer's statements, for the test that checks the plans of all statements on events. */
public final class EventWriterSql {
  public static final List<String> ALL = List.of(EventWriter.INSERT, EventWriter.INSERT_DISPLACED);

  private EventWriterSql() {}
}
