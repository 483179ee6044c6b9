package dev.bailiff.homeserver.synapse.purge;

import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The schema of a Synapse database, as far as a purge depends on it. Every part is listed and not
 * hashed, so that a difference can be named.
 *
 * @param schemaVersion the number in {@code schema_version}
 * @param deltas files of {@code applied_schema_deltas} above version {@value #BASE}
 * @param tables columns of the tables that have {@code room_id}, {@code event_id} or {@code
 *     state_group}, with their types, in the order of their names
 * @param foreignKeys all foreign keys of the database
 * @param triggers all triggers of the database, without those of foreign keys
 * @param indexes valid indexes of the tables that a purge deletes from or reads, and of those whose
 *     foreign keys refer to events
 */
record KnownSchema(
    int schemaVersion,
    SortedSet<String> deltas,
    SortedMap<String, String> tables,
    SortedSet<String> foreignKeys,
    SortedSet<String> triggers,
    SortedSet<String> indexes) {

  /** Deltas up to this version are a part of Synapse's full schema, so new databases lack them. */
  static final int BASE = 72;
}
