package dev.bailiff.homeserver.store.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the summaries of rooms up to date; lists of rooms sort and search by them. Every change of
 * a room leaves a note in {@code room_change}; this class computes the summaries of the noted rooms
 * anew. The notes are deleted in the same transaction, so after a crash the next call finds them
 * again.
 *
 * <p><b>Concurrency:</b> thread-safe; any number of processes may call it, one works at a time.
 */
public final class RoomSummaries {
  /**
   * Rooms in one transaction, for which other callers wait: a tenth of a second, unless some rooms
   * are very big.
   */
  private static final int ROOMS = 1_000;

  /** Notes read in one transaction. A room that a job changes all the time has many notes. */
  private static final int NOTES = 16_000;

  private static final List<String> SHOWN_STATE =
      List.of(
          "m.room.name",
          "m.room.topic",
          "m.room.canonical_alias",
          "m.room.encryption",
          "m.room.join_rules",
          "m.room.guest_access",
          "m.room.history_visibility",
          "m.room.create");

  private final Jdbi jdbi;

  public RoomSummaries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Computes the summaries of all rooms noted before the call, and perhaps of rooms noted later.
   */
  public void refresh() {
    boolean more = hasNotes();
    while (more) {
      more = refreshOnce();
    }
  }

  private boolean hasNotes() {
    return jdbi.withHandle(
        handle -> handle.createQuery(SummarySql.ANY_CHANGE).mapTo(Boolean.class).one());
  }

  /** Returns whether there may be more notes. */
  private boolean refreshOnce() {
    return jdbi.inTransaction(
        handle -> {
          handle.execute(SummarySql.ALONE);
          var rooms = new TreeSet<String>();
          long seen =
              handle
                  .createQuery(SummarySql.TAKE)
                  .bind("notes", NOTES)
                  .bind("rooms", ROOMS)
                  .reduceResultSet(
                      0L,
                      (before, row, context) -> {
                        rooms.add(row.getString("room_id"));
                        return row.getLong("seen");
                      });
          if (!rooms.isEmpty()) {
            compute(handle, rooms.toArray());
          }
          return seen == NOTES || rooms.size() == ROOMS;
        });
  }

  private static void compute(Handle handle, Object[] rooms) {
    save(handle, rooms);
    handle.createUpdate(SummarySql.FORGET).bindArray("rooms", String.class, rooms).execute();
  }

  private static void save(Handle handle, Object[] rooms) {
    Map<String, Map<String, JsonNode>> states = states(handle, rooms);
    List<Counts> counts =
        handle
            .createQuery(SummarySql.COUNTS)
            .bindArray("rooms", String.class, rooms)
            .map(ConstructorMapper.of(Counts.class))
            .list();
    addCreations(handle, counts, states);
    Function<Counts, Map<String, JsonNode>> state =
        room -> states.getOrDefault(room.roomId, Map.of());
    handle
        .createUpdate(SummarySql.SAVE)
        .bindArray("rooms", String.class, texts(counts, Counts::roomId))
        .bindArray("names", String.class, texts(counts, state, "m.room.name", "name"))
        .bindArray("topics", String.class, texts(counts, state, "m.room.topic", "topic"))
        .bindArray("aliases", String.class, texts(counts, state, "m.room.canonical_alias", "alias"))
        .bindArray(
            "encryptions", String.class, texts(counts, state, "m.room.encryption", "algorithm"))
        .bindArray(
            "joinRules", String.class, texts(counts, state, "m.room.join_rules", "join_rule"))
        .bindArray(
            "guestAccess",
            String.class,
            texts(counts, state, "m.room.guest_access", "guest_access"))
        .bindArray(
            "visibilities",
            String.class,
            texts(counts, state, "m.room.history_visibility", "history_visibility"))
        .bindArray("types", String.class, texts(counts, state, "m.room.create", "type"))
        .bindArray(
            "federatable",
            Boolean.class,
            counts.stream()
                .map(room -> StateContent.federates(state.apply(room).get("m.room.create")))
                .toArray())
        .bindArray("joined", Long.class, counts.stream().map(Counts::joined).toArray())
        .bindArray("joinedLocal", Long.class, counts.stream().map(Counts::joinedLocal).toArray())
        .bindArray("stateEvents", Long.class, counts.stream().map(Counts::stateEvents).toArray())
        .execute();
  }

  private static Map<String, Map<String, JsonNode>> states(Handle handle, Object[] rooms) {
    Map<String, Map<String, JsonNode>> states = new HashMap<>();
    handle
        .createQuery(SummarySql.STATE)
        .bindArray("rooms", String.class, rooms)
        .bindArray("types", String.class, SHOWN_STATE)
        .map((rs, ctx) -> State.of(rs.getString("room_id"), rs.getString("type"), rs))
        .forEach(state -> state.addTo(states));
    return states;
  }

  private static void addCreations(
      Handle handle, List<Counts> rooms, Map<String, Map<String, JsonNode>> states) {
    Set<String> without = new HashSet<>();
    for (Counts room : rooms) {
      if (!states.getOrDefault(room.roomId, Map.of()).containsKey("m.room.create")) {
        without.add(room.roomId);
      }
    }
    if (without.isEmpty()) {
      return;
    }
    handle
        .createQuery(SummarySql.CREATION)
        .bindArray("rooms", String.class, without.toArray())
        .map((rs, ctx) -> State.of(rs.getString("room_id"), "m.room.create", rs))
        .forEach(state -> state.addTo(states));
  }

  private static Object[] texts(
      List<Counts> rooms, Function<Counts, Map<String, JsonNode>> state, String type, String key) {
    return texts(rooms, room -> StateContent.text(state.apply(room).get(type), key));
  }

  private static Object[] texts(List<Counts> rooms, Function<Counts, @Nullable String> text) {
    List<@Nullable String> texts = new ArrayList<>(rooms.size());
    rooms.forEach(room -> texts.add(text.apply(room)));
    return texts.toArray(new String[0]);
  }

  private record Counts(String roomId, long joined, long joinedLocal, long stateEvents) {}

  private record State(String roomId, String type, JsonNode content) {

    static State of(String roomId, String type, ResultSet rs) throws SQLException {
      return new State(roomId, type, StateContent.parse(rs.getString("content")));
    }

    void addTo(Map<String, Map<String, JsonNode>> states) {
      states.computeIfAbsent(roomId, unused -> new HashMap<>()).put(type, content);
    }
  }
}
