package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a redaction that does not name them one by one, from the memberships that Synapse
 * lists. Those are the memberships of the present state of the rooms that the server is in. A room
 * that all users of the server have left is not among them.
 */
public record MembershipRooms(UserCalls users) implements RedactableRooms {
  private static final Set<String> REDACTABLE = Set.of("join", "ban");

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return rooms(user, REDACTABLE::contains, after, limit);
  }

  /** Of any membership: somebody who wrote in a room may have left it, or be invited again. */
  @Override
  public List<String> writtenRooms(String user, @Nullable String after, int limit) {
    return rooms(user, any -> true, after, limit);
  }

  private List<String> rooms(
      String user, Predicate<String> membership, @Nullable String after, int limit) {
    return users.memberships(user).entrySet().stream()
        .filter(room -> membership.test(room.getValue()))
        .map(Map.Entry::getKey)
        .filter(room -> after == null || room.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }
}
