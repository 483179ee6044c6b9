package dev.bailiff.homeserver.store.roomadmin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.database.PostgresText;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Who has which power in a room, by its power levels and its creation (Matrix specification, room
 * versions 1 to 12).
 *
 * @param content of the power levels; a missing node where the room has none
 * @param creators who stand above all levels, from room version 12 on; else empty
 * @param creator who created the room
 */
record PowerLevels(JsonNode content, Set<String> creators, String creator) {
  static final int CREATORS_ABOVE_LEVELS_SINCE = 12;

  private static final long CREATOR_WITHOUT_LEVELS = 100;
  private static final long STATE_DEFAULT = 50;

  /** What a new admin gets where the one in power has no level of their own. */
  private static final long USUAL_ADMIN = 100;

  /** The power of a user. */
  long of(String user) {
    if (creators.contains(user)) {
      return Long.MAX_VALUE;
    }
    if (!content.isObject()) {
      return user.equals(creator) ? CREATOR_WITHOUT_LEVELS : 0;
    }
    return level(content.path("users").path(user), level(content.path("users_default"), 0));
  }

  /** Whether a user may invite. */
  boolean mayInvite(String user) {
    return of(user) >= level(content.path("invite"), 0);
  }

  /** Whether a user may write these power levels in place of the present ones. */
  boolean mayGrant(String user, String to, long granted) {
    long power = of(user);
    long needed =
        content.isObject()
            ? level(
                content.path("events").path("m.room.power_levels"),
                level(content.path("state_default"), STATE_DEFAULT))
            : 0;
    JsonNode present = content.path("users").path(to);
    boolean changes = present.isMissingNode() || level(present, 0) != granted;
    // Nobody takes power from an equal, and creators are named nowhere.
    boolean overEqual = !to.equals(user) && !present.isMissingNode() && level(present, 0) >= power;
    return power >= needed
        && !creators.contains(to)
        && (!changes || (granted <= power && !overEqual));
  }

  /**
   * Local users with power of their own, the most powerful first; creators before all others.
   *
   * @param server name of our server
   */
  List<String> powerful(String server) {
    List<String> users = new ArrayList<>();
    if (content.isObject()) {
      content.path("users").fieldNames().forEachRemaining(users::add);
      users.addAll(creators);
    } else {
      users.add(creator);
    }
    return users.stream()
        // The keys are whatever somebody wrote there, and the store is asked for them.
        .filter(user -> isOf(user, server) && PostgresText.isStorable(user))
        .distinct()
        .sorted(Comparator.comparing(this::of).reversed().thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** The level that a user would hand on. */
  long granted(String user) {
    return level(content.path("users").path(user), USUAL_ADMIN);
  }

  /** The power levels with one user's changed. */
  ObjectNode with(String user, long level) {
    ObjectNode changed;
    if (content instanceof ObjectNode object) {
      changed = object.deepCopy();
    } else {
      changed = EventJson.object();
      if (creators.isEmpty()) {
        // Where levels are written down, those who are not named have none.
        changed.withObjectProperty("users").put(creator, CREATOR_WITHOUT_LEVELS);
      }
    }
    changed.withObjectProperty("users").put(user, level);
    return changed;
  }

  private static boolean isOf(String user, String server) {
    int colon = user.indexOf(':');
    return colon >= 0 && user.substring(colon + 1).equals(server);
  }

  /** Levels may be texts in old rooms. */
  private static long level(JsonNode value, long otherwise) {
    return value.isMissingNode() ? otherwise : value.asLong(otherwise);
  }
}
