package dev.bailiff.homeserver.store.snapshot;

import java.util.List;

/** The writer's statements, for the test that holds the plans of everything that touches events. */
public final class EventWriterSql {
  public static final List<String> ALL = List.of(EventWriter.INSERT, EventWriter.INSERT_DISPLACED);

  private EventWriterSql() {}
}
