package dev.bailiff.homeserver.store.snapshot;

import static dev.bailiff.homeserver.store.snapshot.RecordColumn.number;
import static dev.bailiff.homeserver.store.snapshot.RecordColumn.text;

import dev.bailiff.access.TokenUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records with keys that clients fill with any text of any length. The text is cut to a length that
 * fits into a key of the store, as a refused line would stop the import of all others.
 */
final class ClientRecords {

  private static final int LONGEST_EVENT_ID = 255;

  private ClientRecords() {}

  /**
   * A snapshot has one record for each token. Those of the same user, device and address become one
   * row here, with the newest user agent. Clients choose their user agent freely; it is cut as
   * {@link TokenUse} cuts it.
   */
  static RecordTable connection() {
    List<RecordColumn> columns =
        List.of(
            text("user_id"),
            text("device_id").optional(),
            text("ip"),
            text("user_agent"),
            number("last_seen_at"));
    return new RecordTable(
            "connection",
            "on constraint connection_key",
            3,
            columns,
            fields -> {
              @Nullable Object[] row =
                  columns.stream().map(column -> column.read(fields)).toArray();
              row[3] =
                  new TokenUse(
                          String.valueOf(row[0]),
                          (String) row[1],
                          String.valueOf(row[2]),
                          String.valueOf(row[3]))
                      .userAgent();
              return row;
            })
        .newestBy("last_seen_at");
  }

  /**
   * A client may send a receipt for any text in place of an event id. A text that is too long for
   * an event id is cut to one character more than the longest id: such texts are distinguished by
   * their beginning, and the cut text cannot equal a real event id.
   */
  static RecordTable receipt() {
    List<RecordColumn> columns =
        List.of(
            text("room_id"), text("user_id"), text("receipt_type"), text("event_id"), number("at"));
    return new RecordTable(
        "receipt",
        "(room_id, user_id, receipt_type, event_id)",
        4,
        columns,
        fields -> {
          @Nullable Object[] row = columns.stream().map(column -> column.read(fields)).toArray();
          String event = String.valueOf(row[3]);
          if (event.codePointCount(0, event.length()) > LONGEST_EVENT_ID) {
            row[3] = event.substring(0, event.offsetByCodePoints(0, LONGEST_EVENT_ID + 1));
          }
          return row;
        });
  }
}
