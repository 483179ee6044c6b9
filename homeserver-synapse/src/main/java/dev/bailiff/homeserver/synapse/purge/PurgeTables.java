package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.homeserver.synapse.database.TableRights;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables of Synapse that a purge by direct SQL touches. */
final class PurgeTables {

  /**
   * Rows of these tables are deleted by {@code event_id}, in this order, before the events
   * themselves. {@code event_push_actions} follows them: its index begins with the room.
   */
  static final List<String> BY_EVENT =
      List.of(
          "event_json",
          "event_to_state_groups",
          "event_relations",
          "redactions",
          "rejections",
          "event_search",
          "event_auth",
          "event_auth_chains",
          "event_auth_chain_to_calculate",
          "event_push_actions_staging",
          "event_expiry",
          "event_edges",
          "event_txn_id_device_id");

  /** Rows of these tables stay behind when Synapse purges a room; they are deleted by room. */
  static final List<String> FORGOTTEN =
      List.of("threads", "timeline_gaps", "room_retention", "room_ban_redactions");

  /** Tables that are counted by room after a purge; each has an index that begins with the room. */
  static final List<String> COUNTED =
      List.of(
          "events",
          "event_search",
          "event_push_actions",
          "event_forward_extremities",
          "event_auth_chain_to_calculate",
          "local_current_membership",
          "partial_state_rooms",
          "sliding_sync_joined_rooms",
          "threads",
          "timeline_gaps",
          "room_retention",
          "room_ban_redactions");

  private static final List<String> READ =
      List.of(
          "applied_module_schemas",
          "applied_schema_deltas",
          "application_services_state",
          "appservice_stream_position",
          "background_updates",
          "blocked_rooms",
          "event_forward_extremities",
          "federation_stream_position",
          "local_current_membership",
          "msc4242_state_dag_edges",
          "partial_state_rooms",
          "scheduled_tasks",
          "schema_version",
          "sliding_sync_joined_rooms",
          "stats_incremental_position",
          "user_directory_stream_pos");

  private PurgeTables() {}

  /** The rights that a purge needs. */
  static TableRights rights() {
    var deleted = new TreeSet<String>(BY_EVENT);
    deleted.addAll(FORGOTTEN);
    deleted.add("event_push_actions");
    deleted.add("events");
    return new TableRights(new TreeSet<>(READ), deleted);
  }

  /** All tables that a purge touches. */
  static Set<String> all() {
    var rights = rights();
    var all = new TreeSet<String>(rights.read());
    all.addAll(rights.deleted());
    return all;
  }
}
