package dev.bailiff.homeserver.store.roomadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.PowerLevels;
import dev.bailiff.homeserver.store.event.RedactionRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * The state that decides on the rights of users in a room, read under the room's lock.
 *
 * @param blocked whether nobody may join
 */
record RoomAuthState(
    String roomId, Map<String, StateEvent> state, PowerLevels levels, boolean blocked) {

  /** An event of the current state. */
  record StateEvent(String eventId, String sender, JsonNode content) {}

  /** A user's membership; a user without a stored membership counts as one who has left. */
  record Member(String membership, @Nullable String eventId) {}

  // Batches take a shared lock on this row before anything else, so only the strongest lock keeps
  // them out. A caller that waits here holds no other lock yet that a batch may wait for.
  private static final String LOCK =
      "select room_version from homeserver.room where room_id = :roomId for update";

  private static final String STATE =
      """
      select s.type, e.event_id, e.sender, e.content
      from homeserver.current_state s
      join homeserver.event e on e.event_id = s.event_id
      where s.room_id = :roomId and s.state_key = ''
        and s.type in ('m.room.create', 'm.room.power_levels', 'm.room.join_rules')
      """;

  private static final String BLOCKED =
      "select exists (select from homeserver.blocked_room where room_id = :roomId)";

  private static final String MEMBER =
      """
      select membership, event_id from homeserver.membership
      where room_id = :roomId and user_id = :userId
      """;

  /** Locks the room and reads its state; empty if our server is not in the room. */
  static Optional<RoomAuthState> of(Handle handle, String roomId) {
    Optional<String> version =
        handle.createQuery(LOCK).bind("roomId", roomId).mapTo(String.class).findOne();
    Map<String, StateEvent> state = new HashMap<>();
    handle
        .createQuery(STATE)
        .bind("roomId", roomId)
        .map(
            (rs, ctx) ->
                Map.entry(
                    rs.getString("type"),
                    new StateEvent(
                        rs.getString("event_id"),
                        rs.getString("sender"),
                        EventJson.parse(rs.getString("content")))))
        .forEach(entry -> state.put(entry.getKey(), entry.getValue()));
    StateEvent create = state.get("m.room.create");
    if (version.isEmpty() || create == null) {
      return Optional.empty();
    }
    StateEvent power = state.get("m.room.power_levels");
    return Optional.of(
        new RoomAuthState(
            roomId,
            state,
            PowerLevels.ofRoom(
                RedactionRules.number(version.get()),
                create.sender,
                create.content,
                power == null ? MissingNode.getInstance() : power.content),
            isBlocked(handle, roomId)));
  }

  /** Whether a room is on the block list; the store need not know the room. */
  static boolean isBlocked(Handle handle, String roomId) {
    return handle.createQuery(BLOCKED).bind("roomId", roomId).mapTo(Boolean.class).one();
  }

  Member member(Handle handle, String userId) {
    return handle
        .createQuery(MEMBER)
        .bind("roomId", roomId)
        .bind("userId", userId)
        .map(ConstructorMapper.of(Member.class))
        .findOne()
        .orElse(new Member("leave", null));
  }

  /** The join rule; empty where the room has none. */
  Optional<String> joinRule() {
    StateEvent rules = state.get("m.room.join_rules");
    return rules == null ? Optional.empty() : Optional.of(rules.content.path("join_rule").asText());
  }

  boolean isPublic() {
    return joinRule().filter("public"::equals).isPresent();
  }
}
