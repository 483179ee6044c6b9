package dev.bailiff.homeserver.store.media;

import java.util.Arrays;
import java.util.Optional;

/** What a list of media is sorted by. */
public enum MediaOrder {
  MEDIA_ID("media_id", "m.media_id"),
  UPLOAD_NAME("upload_name", "m.upload_name"),
  CREATED_TS("created_ts", "m.created_at"),
  LAST_ACCESS_TS("last_access_ts", "m.last_access_at"),
  MEDIA_LENGTH("media_length", "m.media_length"),
  MEDIA_TYPE("media_type", "m.media_type"),
  QUARANTINED_BY("quarantined_by", "m.quarantined_by"),
  SAFE_FROM_QUARANTINE("safe_from_quarantine", "m.safe_from_quarantine");

  private final String word;
  private final String expression;

  MediaOrder(String word, String expression) {
    this.word = word;
    this.expression = expression;
  }

  /** The order that the API calls by a word; empty for an unknown one. */
  public static Optional<MediaOrder> of(String word) {
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
