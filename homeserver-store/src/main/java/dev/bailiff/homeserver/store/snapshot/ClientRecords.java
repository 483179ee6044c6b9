package dev.bailiff.homeserver.store.snapshot;

import static dev.bailiff.homeserver.store.snapshot.Column.number;
import static dev.bailiff.homeserver.store.snapshot.Column.text;

import dev.bailiff.access.TokenUse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records with keys that clients fill with whatever they like, at any length: cut to what fits into
 * a key of the store, as a line that is refused would stop the import of all the others.
 */
final class ClientRecords {

  private static final int LONGEST_EVENT_ID = 255;

  private ClientRecords() {}

  /**
   * A snapshot has one for each token; those of a device are one row here, with the newest agent.
   * User agents are whatever clients say; they are cut as they would be here.
   */
  static RecordTable connection() {
    List<Column> columns =
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
   * Clients may say that they read an event that nobody ever heard of, by any name. What no event
   * can be called is told apart by the beginning of it, which no event is called either.
   */
  static RecordTable receipt() {
    List<Column> columns =
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
