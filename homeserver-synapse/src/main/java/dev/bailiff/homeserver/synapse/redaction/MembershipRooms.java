package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.redaction.RedactableRooms;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rooms of a redaction that names none, from the memberships that Synapse lists. */
public record MembershipRooms(UserCalls users) implements RedactableRooms {
  private static final Set<String> REDACTABLE = Set.of("join", "ban");

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return users.memberships(user).entrySet().stream()
        .filter(room -> REDACTABLE.contains(room.getValue()))
        .map(Map.Entry::getKey)
        .filter(room -> after == null || room.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }
}
