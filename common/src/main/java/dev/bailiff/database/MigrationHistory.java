package dev.bailiff.database;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * One of the sequences of migrations. Each has its own folder of files and its own schema, with a
 * table of the applied migrations in that schema. No history refers to the schema of another, so
 * that a database may have only some of the histories.
 */
public enum MigrationHistory {
  /** The tables of the engine, needed with every homeserver. */
  JOBS,
  /** The tokens of those who may call Bailiff, needed with every homeserver. */
  ACCESS,
  /** Bailiff's own store of a homeserver. */
  HOMESERVER;

  /** All histories, for a process that keeps the homeserver's data itself. */
  public static Set<MigrationHistory> all() {
    return EnumSet.allOf(MigrationHistory.class);
  }

  /** The histories that every process needs, whatever homeserver the jobs act on. */
  public static Set<MigrationHistory> shared() {
    return EnumSet.of(JOBS, ACCESS);
  }

  /** The name of the history's schema and of its folder. */
  String schema() {
    return name().toLowerCase(Locale.ROOT);
  }
}
