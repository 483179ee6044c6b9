package dev.bailiff.homeserver.store.snapshot;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event of a snapshot. The content and the remaining keys are kept character by character as the
 * snapshot has them.
 */
record EventRecord(
    long streamOrdering,
    long depth,
    long originServerTs,
    boolean outlier,
    boolean rejected,
    boolean softFailed,
    String roomId,
    String eventId,
    String type,
    String sender,
    @Nullable String stateKey,
    String content,
    @Nullable String extra,
    EventRelation relation) {

  /** Keys with columns of their own. */
  private static final Set<String> COLUMNS =
      Set.of(
          "event_id",
          "room_id",
          "type",
          "sender",
          "origin_server_ts",
          "content",
          "state_key",
          "depth");

  static EventRecord of(JsonFields record) {
    JsonFields.Value nested = record.find("event");
    if (nested == null || nested.token() != JsonToken.START_OBJECT) {
      throw new BadRecordException("\"event\" is missing or no object");
    }
    JsonFields event = JsonFields.parse(nested.raw());
    JsonFields.Value content = event.find("content");
    if (content == null || content.token() != JsonToken.START_OBJECT) {
      throw new BadRecordException("\"content\" is missing or no object");
    }
    return new EventRecord(
        number(record, "stream_ordering"),
        number(record, "depth"),
        number(event, "origin_server_ts"),
        flag(record, "outlier"),
        flag(record, "rejected"),
        flag(record, "soft_failed"),
        text(event, "room_id"),
        text(event, "event_id"),
        text(event, "type"),
        text(event, "sender"),
        (String) RecordColumn.text("state_key").optional().read(event),
        content.raw(),
        extra(event),
        EventRelation.of(content.raw()));
  }

  private static @Nullable String extra(JsonFields event) {
    StringBuilder extra = new StringBuilder();
    event
        .all()
        .forEach(
            (key, value) -> {
              if (!COLUMNS.contains(key)) {
                extra
                    .append(extra.isEmpty() ? "{\"" : ",\"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(key))
                    .append("\":")
                    .append(value.raw());
              }
            });
    return extra.isEmpty() ? null : extra.append('}').toString();
  }

  private static long number(JsonFields fields, String key) {
    Object value = RecordColumn.number(key).read(fields);
    return value instanceof Long number ? number : 0;
  }

  private static boolean flag(JsonFields fields, String key) {
    return Boolean.TRUE.equals(RecordColumn.flag(key).optional().read(fields));
  }

  private static String text(JsonFields fields, String key) {
    return String.valueOf(RecordColumn.text(key).read(fields));
  }
}
