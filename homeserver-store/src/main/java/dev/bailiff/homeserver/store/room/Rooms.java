package dev.bailiff.homeserver.store.room;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.roomdeletion.KnownRooms;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rooms of the own store.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class Rooms implements KnownRooms {

  private static final List<String> SHOWN_STATE =
      List.of(
          "m.room.name",
          "m.room.canonical_alias",
          "m.room.encryption",
          "m.room.join_rules",
          "m.room.guest_access",
          "m.room.history_visibility",
          "m.room.topic",
          "m.room.avatar",
          "m.room.tombstone",
          "m.room.create");

  private final Jdbi jdbi;

  public Rooms(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A room with its counters.
   *
   * @param server name of our server, by which local members are recognized
   */
  public Optional<RoomDetails> find(String roomId, String server) {
    return jdbi.inTransaction(
        handle -> {
          Map<String, JsonNode> state = state(handle, roomId);
          JsonNode create =
              state.containsKey("m.room.create")
                  ? state.get("m.room.create")
                  : createEvent(handle, roomId);
          Counts counts =
              state.containsKey("m.room.create")
                  ? counts(handle, roomId, server)
                  : new Counts(0, 0, 0);
          return handle
              .createQuery(RoomSql.FIND)
              .bind("roomId", roomId)
              .bind("server", server)
              .map(
                  (rs, ctx) ->
                      new RoomDetails(
                          rs.getString("room_id"),
                          text(state, "m.room.name", "name"),
                          text(state, "m.room.canonical_alias", "alias"),
                          counts.members(),
                          counts.localMembers(),
                          counts.localDevices(),
                          rs.getString("room_version"),
                          rs.getString("creator"),
                          text(state, "m.room.encryption", "algorithm"),
                          StateContent.federates(create),
                          rs.getBoolean("public"),
                          text(state, "m.room.join_rules", "join_rule"),
                          text(state, "m.room.guest_access", "guest_access"),
                          text(state, "m.room.history_visibility", "history_visibility"),
                          rs.getLong("state_events"),
                          StateContent.text(create, "type"),
                          text(state, "m.room.topic", "topic"),
                          text(state, "m.room.avatar", "url"),
                          rs.getBoolean("forgotten"),
                          state.containsKey("m.room.tombstone"),
                          text(state, "m.room.tombstone", "replacement_room")))
              .findOne();
        });
  }

  @Override
  public boolean known(String roomId) {
    return jdbi.withHandle(
        handle ->
            handle.createQuery(RoomSql.KNOWN).bind("roomId", roomId).mapTo(Boolean.class).one());
  }

  /** Whether a room has a current state, which is the case while our server is in the room. */
  public boolean hasState(String roomId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RoomSql.HAS_STATE)
                .bind("roomId", roomId)
                .mapTo(Boolean.class)
                .one());
  }

  /** The room that a local alias leads to. */
  public Optional<String> byAlias(String alias) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RoomSql.BY_ALIAS)
                .bind("alias", alias)
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Local aliases that lead to a room; the store need not know the room.
   *
   * @param after the last alias of the page before; null at the start
   * @return at most {@code limit} aliases in ascending order
   */
  public List<String> aliases(String roomId, @Nullable String after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RoomSql.ALIASES)
                .bind("roomId", roomId)
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  /**
   * Joined users, local and remote.
   *
   * @param after the last user id of the page before; null at the start
   * @return at most {@code limit} user ids in ascending order
   */
  public List<String> joinedMembers(String roomId, @Nullable String after, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RoomSql.JOINED_MEMBERS)
                .bind("roomId", roomId)
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  /** The user who blocked a room; empty when the room is not blocked. */
  public Optional<String> blockedBy(String roomId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RoomSql.BLOCKED_BY)
                .bind("roomId", roomId)
                .mapTo(String.class)
                .findOne());
  }

  @Override
  public void block(String roomId, String userId) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(RoomSql.BLOCK)
                .bind("roomId", roomId)
                .bind("userId", userId)
                .execute());
  }

  /** Removes the block of a room, if there is one. */
  public void unblock(String roomId) {
    jdbi.useHandle(handle -> handle.createUpdate(RoomSql.UNBLOCK).bind("roomId", roomId).execute());
  }

  private record Counts(long members, long localMembers, long localDevices) {}

  private static Counts counts(Handle handle, String roomId, String server) {
    long devices =
        handle
            .createQuery(RoomSql.LOCAL_DEVICES)
            .bind("roomId", roomId)
            .bind("server", server)
            .mapTo(Long.class)
            .one();
    return handle
        .createQuery(RoomSql.COUNTS)
        .bind("roomId", roomId)
        .bind("server", server)
        .map((rs, ctx) -> new Counts(rs.getLong("members"), rs.getLong("local_members"), devices))
        .one();
  }

  private static Map<String, JsonNode> state(Handle handle, String roomId) {
    Map<String, JsonNode> state = new HashMap<>();
    handle
        .createQuery(RoomSql.STATE)
        .bind("roomId", roomId)
        .bindArray("types", String.class, SHOWN_STATE)
        .map(
            (rs, ctx) ->
                Map.entry(rs.getString("type"), StateContent.parse(rs.getString("content"))))
        .forEach(entry -> state.put(entry.getKey(), entry.getValue()));
    return state;
  }

  private static @Nullable JsonNode createEvent(Handle handle, String roomId) {
    return handle
        .createQuery(RoomSql.CREATE_EVENT)
        .bind("roomId", roomId)
        .map((rs, ctx) -> StateContent.parse(rs.getString("content")))
        .findOne()
        .orElse(null);
  }

  private static @Nullable String text(Map<String, JsonNode> state, String type, String key) {
    return StateContent.text(state.get(type), key);
  }
}
