package dev.bailiff.homeserver.store.statistic;

import java.util.Arrays;
import java.util.Optional;

/** The sort key of the media statistics; ties are sorted by user id, ascending. */
public enum UserMediaOrder {
  USER_ID("user_id", "u.user_id"),
  DISPLAYNAME("displayname", "u.displayname"),
  MEDIA_COUNT("media_count", "u.media_count"),
  MEDIA_LENGTH("media_length", "u.media_length");

  private final String word;
  private final String expression;

  UserMediaOrder(String word, String expression) {
    this.word = word;
    this.expression = expression;
  }

  /** The order with this name in the API; empty for an unknown name. */
  public static Optional<UserMediaOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /** The name of this order in the API. */
  public String word() {
    return word;
  }

  String expression() {
    return expression;
  }
}
