package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.LiveSynapse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows of rooms in Synapse's database, by table. */
final class RoomTraces {
  private static final List<String> TABLES =
      List.of(
          "rooms",
          "events",
          "event_json",
          "event_edges",
          "event_search",
          "state_events",
          "current_state_events",
          "room_memberships",
          "event_forward_extremities",
          "blocked_rooms");

  private RoomTraces() {}

  /** The number of rows of these rooms in each table. */
  static List<String> of(LiveSynapse synapse, List<String> rooms) throws SQLException {
    List<String> traces = new ArrayList<>();
    var all = String.join(" ", rooms);
    for (String table : TABLES) {
      traces.add(table + " " + synapse.number(query(table), all));
    }
    return traces;
  }

  /** Edges have no room, but an event. */
  private static String query(String table) {
    return table.equals("event_edges")
        ? "select count(*) from event_edges d join events e on e.event_id = d.event_id"
            + " where e.room_id = any (string_to_array(?, ' '))"
        : "select count(*) from " + table + " where room_id = any (string_to_array(?, ' '))";
  }
}
