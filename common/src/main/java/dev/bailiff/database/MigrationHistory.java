package dev.bailiff.database;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One of the sequences of migrations. Each has its own folder of files, its own schema, and in that
 * schema its own table of what was applied. No history refers to the schema of another, so that a
 * database may have some of them only.
 */
public enum MigrationHistory {
  /** What the engine needs, with every homeserver. */
  JOBS,
  /** Who may call Bailiff, with every homeserver. */
  ACCESS,
  /** The own store of a homeserver. */
  HOMESERVER;

  /** All of them, for a process that keeps the homeserver's data itself. */
  public static Set<MigrationHistory> all() {
    return EnumSet.allOf(MigrationHistory.class);
  }

  /** The name of its schema and of its folder. */
  String schema() {
    return name().toLowerCase(Locale.ROOT);
  }
}
