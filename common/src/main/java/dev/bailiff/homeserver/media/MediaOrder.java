package dev.bailiff.homeserver.media;

import java.util.Arrays;
import java.util.Optional;

/** The columns by which a list of media can be sorted. */
public enum MediaOrder {
  MEDIA_ID("media_id"),
  UPLOAD_NAME("upload_name"),
  CREATED_TS("created_ts"),
  LAST_ACCESS_TS("last_access_ts"),
  MEDIA_LENGTH("media_length"),
  MEDIA_TYPE("media_type"),
  QUARANTINED_BY("quarantined_by"),
  SAFE_FROM_QUARANTINE("safe_from_quarantine");

  private final String word;

  MediaOrder(String word) {
    this.word = word;
  }

  /** The order with this name in the API; empty for an unknown name. */
  public static Optional<MediaOrder> of(String word) {
    return Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
  }

  /** The word of the API. */
  public String word() {
    return word;
  }
}
