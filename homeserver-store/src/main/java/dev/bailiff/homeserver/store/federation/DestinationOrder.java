package dev.bailiff.homeserver.store.federation;

import java.util.Arrays;
import java.util.Optional;

/** The sort key of the list of servers; ties are sorted by name, ascending. */
public enum DestinationOrder {
  DESTINATION("destination", "d.destination"),
  RETRY_LAST_TS("retry_last_ts", "coalesce(d.retry_last_at, 0)"),
  RETRY_INTERVAL("retry_interval", "coalesce(d.retry_interval, 0)"),
  FAILURE_TS("failure_ts", "d.failure_at"),
  LAST_SUCCESSFUL_STREAM_ORDERING(
      "last_successful_stream_ordering", "d.last_successful_stream_ordering");

  private final String word;
  private final String expression;

  DestinationOrder(String word, String expression) {
    this.word = word;
    this.expression = expression;
  }

  /** The order with this name in the API; empty for an unknown name. */
  public static Optional<DestinationOrder> of(String word) {
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
