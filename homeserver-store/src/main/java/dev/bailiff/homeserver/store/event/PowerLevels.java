package dev.bailiff.homeserver.store.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.database.PostgresText;
import dev.bailiff.homeserver.LocalId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The power of users in a room, by its power levels and its creation (Matrix specification, room
 * versions 1 to 12).
 *
 * @param content of the power levels; a missing node where the room has none
 * @param creators users above all levels, from room version 12 on; else empty
 * @param creator the user who created the room; null if the room has no current state
 */
public record PowerLevels(JsonNode content, Set<String> creators, @Nullable String creator) {

  private static final int CREATORS_ABOVE_LEVELS_SINCE = 12;

  private static final long CREATOR_WITHOUT_LEVELS = 100;
  private static final long STATE_DEFAULT = 50;
  private static final long REDACT_DEFAULT = 50;

  /** The level for a new admin if the granter has no level of their own. */
  private static final long USUAL_ADMIN = 100;

  /**
   * The levels of a room.
   *
   * @param version number of the room's version
   * @param creator sender of the create event; null if the room has no current state
   * @param creation content of the create event
   * @param content of the power levels; a missing node where the room has none
   */
  public static PowerLevels ofRoom(
      int version, @Nullable String creator, JsonNode creation, JsonNode content) {
    Set<String> creators = new HashSet<>();
    if (version >= CREATORS_ABOVE_LEVELS_SINCE) {
      if (creator != null) {
        creators.add(creator);
      }
      for (JsonNode additional : creation.path("additional_creators")) {
        if (additional.isTextual()) {
          creators.add(additional.textValue());
        }
      }
    }
    return new PowerLevels(content, creators, creator);
  }

  /** The power of a user. */
  public long of(String user) {
    if (creators.contains(user)) {
      return Long.MAX_VALUE;
    }
    if (!content.isObject()) {
      return user.equals(creator) ? CREATOR_WITHOUT_LEVELS : 0;
    }
    return level(content.path("users").path(user), level(content.path("users_default"), 0));
  }

  /** Whether a user may invite. */
  public boolean mayInvite(String user) {
    return of(user) >= level(content.path("invite"), 0);
  }

  /**
   * The power that a user needs to redact the events of others: enough to send a redaction, and
   * enough to redact.
   */
  public long neededToRedact() {
    long send =
        level(
            content.path("events").path("m.room.redaction"),
            level(content.path("events_default"), 0));
    return Math.max(send, level(content.path("redact"), REDACT_DEFAULT));
  }

  /**
   * Whether a user may replace the present power levels by ones that give {@code to} this level.
   */
  public boolean mayGrant(String user, String to, long granted) {
    long power = of(user);
    long needed =
        content.isObject()
            ? level(
                content.path("events").path("m.room.power_levels"),
                level(content.path("state_default"), STATE_DEFAULT))
            : 0;
    JsonNode present = content.path("users").path(to);
    boolean changes = present.isMissingNode() || level(present, 0) != granted;
    // Nobody takes power from an equal, and power levels never name creators.
    boolean overEqual = !to.equals(user) && !present.isMissingNode() && level(present, 0) >= power;
    return power >= needed
        && !creators.contains(to)
        && (!changes || (granted <= power && !overEqual));
  }

  /**
   * Local users with a power level of their own, the most powerful first; creators come before all
   * others.
   *
   * @param server name of our server
   */
  public List<String> powerful(String server) {
    List<String> users = new ArrayList<>();
    if (content.isObject()) {
      content.path("users").fieldNames().forEachRemaining(users::add);
      users.addAll(creators);
    } else if (creator != null) {
      users.add(creator);
    }
    return users.stream()
        // Anybody may have written any text as a key, and the store is asked for these users.
        .filter(user -> LocalId.isOf(user, server) && PostgresText.isStorable(user))
        .distinct()
        .sorted(Comparator.comparing(this::of).reversed().thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The level that a user would give to another one. */
  public long granted(String user) {
    return level(content.path("users").path(user), USUAL_ADMIN);
  }

  /** The power levels with the level of one user changed. */
  public ObjectNode with(String user, long level) {
    ObjectNode changed;
    if (content instanceof ObjectNode object) {
      changed = object.deepCopy();
    } else {
      changed = EventJson.object();
      if (creator != null && creators.isEmpty()) {
        // As soon as a room has power levels, a user whom they do not name has none.
        changed.withObjectProperty("users").put(creator, CREATOR_WITHOUT_LEVELS);
      }
    }
    changed.withObjectProperty("users").put(user, level);
    return changed;
  }

  /** Levels may be texts in old rooms. */
  private static long level(JsonNode value, long otherwise) {
    return value.isMissingNode() ? otherwise : value.asLong(otherwise);
  }
}
