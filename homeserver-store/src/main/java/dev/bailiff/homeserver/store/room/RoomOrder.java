package dev.bailiff.homeserver.store.room;

import java.util.Arrays;
import java.util.Optional;

/**
 * The sort key of a list of rooms (admin-api 5.5); ties are sorted by room id, in the direction of
 * the key.
 */
public enum RoomOrder {
  NAME("name", RoomListSql.NAME, false),
  ALPHABETICAL("alphabetical", RoomListSql.NAME, false),
  CANONICAL_ALIAS("canonical_alias", "s.canonical_alias", false),
  CREATOR("creator", "r.creator", false),
  ENCRYPTION("encryption", "s.encryption", false),
  FEDERATABLE("federatable", "s.federatable", false),
  PUBLIC("public", "r.public", false),
  JOIN_RULES("join_rules", "s.join_rules", false),
  GUEST_ACCESS("guest_access", "s.guest_access", false),
  HISTORY_VISIBILITY("history_visibility", "s.history_visibility", false),
  JOINED_MEMBERS("joined_members", RoomListSql.JOINED_MEMBERS, true),
  SIZE("size", RoomListSql.JOINED_MEMBERS, true),
  JOINED_LOCAL_MEMBERS("joined_local_members", "s.joined_local_members", true),
  VERSION("version", "r.room_version", true),
  STATE_EVENTS("state_events", RoomListSql.STATE_EVENTS, true);

  private final String word;
  private final String expression;
  private final boolean greatestFirst;

  RoomOrder(String word, String expression, boolean greatestFirst) {
    this.word = word;
    this.expression = expression;
    this.greatestFirst = greatestFirst;
  }

  /** The order with this name in the API; empty for an unknown name. */
  public static Optional<RoomOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /** The name of this order in the API. */
  public String word() {
    return word;
  }

  /**
   * The {@code order by} list of a statement.
   *
   * @param backwards whether the usual direction of this order is reversed
   */
  String sorting(boolean backwards) {
    if (this == NAME || this == ALPHABETICAL) {
      return backwards ? RoomListSql.BY_NAME.descending() : RoomListSql.BY_NAME.ascending();
    }
    String direction = greatestFirst != backwards ? " desc" : "";
    return expression + direction + ", s.room_id" + direction;
  }

  /** Whether the summaries alone hold the sort key, without the table of rooms. */
  boolean isOfSummary() {
    return !expression.contains("r.");
  }
}
