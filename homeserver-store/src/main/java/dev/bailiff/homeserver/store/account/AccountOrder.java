package dev.bailiff.homeserver.store.account;

import java.util.Arrays;
import java.util.Optional;

/** The sort key of a list of users; ties are sorted by user id, ascending in both directions. */
public enum AccountOrder {
  NAME("name", "a.user_id"),
  IS_GUEST("is_guest", "a.is_guest"),
  ADMIN("admin", "a.admin"),
  USER_TYPE("user_type", "a.user_type"),
  DEACTIVATED("deactivated", "a.deactivated"),
  SHADOW_BANNED("shadow_banned", "a.shadow_banned"),
  DISPLAYNAME("displayname", AccountSql.DISPLAYNAME),
  AVATAR_URL("avatar_url", "a.avatar_url"),
  CREATION_TS("creation_ts", "a.created_at"),
  LAST_SEEN_TS("last_seen_ts", AccountSql.LAST_SEEN),
  LOCKED("locked", "a.locked");

  private final String word;
  private final String expression;

  AccountOrder(String word, String expression) {
    this.word = word;
    this.expression = expression;
  }

  /** The order with this name in the API; empty for an unknown name. */
  public static Optional<AccountOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /** The name of this order in the API. */
  public String word() {
    return word;
  }

  /**
   * The {@code order by} list of a statement. The user id is part of it, so no two users are equal.
   */
  String sorting(boolean descending) {
    if (this == DISPLAYNAME) {
      return descending
          ? AccountSql.BY_DISPLAYNAME.textDescending()
          : AccountSql.BY_DISPLAYNAME.ascending();
    }
    return expression + (descending ? " desc" : "") + ", a.user_id";
  }
}
