package dev.bailiff.homeserver.store.statistic;

import java.util.Arrays;
import java.util.Optional;

/** What the statistics of media are sorted by; ties go by user id, ascending. */
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

  /** The order that the API calls by a word; empty for an unknown one. */
  public static Optional<UserMediaOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /** The word of the API. */
  public String word() {
    return word;
  }

  String expression() {
    return expression;
  }
}
