package dev.bailiff.homeserver.store.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The redaction algorithm of the Matrix specification (rooms, versions 1 to 12): the parts of an
 * event that a redaction keeps. A version that is no number counts as the newest.
 */
public final class RedactionRules {

  private static final int NEWEST = 12;

  private static final List<String> POWER_LEVELS =
      List.of(
          "ban",
          "events",
          "events_default",
          "kick",
          "redact",
          "state_default",
          "users",
          "users_default");

  /** Top-level keys that a redaction keeps and that the store has in the column {@code extra}. */
  private static final Set<String> EXTRA =
      Set.of("hashes", "signatures", "auth_events", "prev_events");

  /** Further keys that a redaction keeps up to room version 10. */
  private static final Set<String> OLD_EXTRA = Set.of("prev_state", "origin", "membership");

  /** Keys that homeservers themselves write into {@code unsigned} and need again. */
  private static final List<String> UNSIGNED = List.of("age_ts", "replaces_state");

  private RedactionRules() {}

  /** The number of a room version; the newest for a version that is no number. */
  public static int number(String roomVersion) {
    try {
      return Integer.parseInt(roomVersion);
    } catch (NumberFormatException e) {
      return NEWEST;
    }
  }

  /** The content that remains of an event of a type. */
  public static String content(int version, String type, String content) {
    if (!keepsAnything(version, type)) {
      return "{}";
    }
    if (type.equals("m.room.create") && version >= 11) {
      return content;
    }
    JsonNode old = EventJson.parse(content);
    ObjectNode kept = EventJson.object();
    switch (type) {
      case "m.room.member" -> keepOfMember(version, old, kept);
      case "m.room.create" -> keep(old, kept, "creator");
      case "m.room.join_rules" -> {
        keep(old, kept, "join_rule");
        if (version >= 8) {
          keep(old, kept, "allow");
        }
      }
      case "m.room.power_levels" -> {
        POWER_LEVELS.forEach(key -> keep(old, kept, key));
        if (version >= 11) {
          keep(old, kept, "invite");
        }
      }
      case "m.room.aliases" -> keep(old, kept, "aliases");
      case "m.room.history_visibility" -> keep(old, kept, "history_visibility");
      case "m.room.redaction" -> keep(old, kept, "redacts");
      default -> throw new IllegalStateException(type);
    }
    return EventJson.write(kept);
  }

  /** The remaining top-level keys that a redaction keeps. */
  public static @Nullable String extra(int version, @Nullable String extra) {
    if (extra == null || !(EventJson.parse(extra) instanceof ObjectNode old)) {
      return null;
    }
    ObjectNode kept = EventJson.object();
    old.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (EXTRA.contains(key) || (version < 11 && OLD_EXTRA.contains(key))) {
                kept.set(key, entry.getValue());
              }
            });
    ObjectNode unsigned = EventJson.object();
    UNSIGNED.forEach(key -> keep(old.path("unsigned"), unsigned, key));
    if (!unsigned.isEmpty()) {
      kept.set("unsigned", unsigned);
    }
    return kept.isEmpty() ? null : EventJson.write(kept);
  }

  private static boolean keepsAnything(int version, String type) {
    return switch (type) {
      case "m.room.member",
          "m.room.create",
          "m.room.join_rules",
          "m.room.power_levels",
          "m.room.history_visibility" ->
          true;
      case "m.room.aliases" -> version < 6;
      case "m.room.redaction" -> version >= 11;
      default -> false;
    };
  }

  private static void keepOfMember(int version, JsonNode old, ObjectNode kept) {
    keep(old, kept, "membership");
    if (version >= 9) {
      keep(old, kept, "join_authorised_via_users_server");
    }
    JsonNode signed = old.path("third_party_invite").path("signed");
    if (version >= 11 && !signed.isMissingNode()) {
      kept.set("third_party_invite", EventJson.object().set("signed", signed));
    }
  }

  private static void keep(JsonNode old, ObjectNode kept, String key) {
    JsonNode value = old.path(key);
    if (!value.isMissingNode()) {
      kept.set(key, value);
    }
  }
}
