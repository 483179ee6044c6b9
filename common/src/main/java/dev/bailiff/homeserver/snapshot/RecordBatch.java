package dev.bailiff.homeserver.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lines that are written in one transaction. */
final class RecordBatch {

  /** Enough for set-based speed, little enough for a small heap and a short transaction. */
  private static final int MAX_LINES = 2_000;

  private static final int MAX_CHARACTERS = 4 << 20;

  private final List<NumberedLine> lines = new ArrayList<>();
  private final Map<String, List<@Nullable Object[]>> rows = new HashMap<>();
  private final List<EventRecord> events = new ArrayList<>();
  private int characters;

  /** A line and its number, from 1. */
  record NumberedLine(long number, String text) {}

  /**
   * Adds a line.
   *
   * @throws BadRecordException when it is not what the format says
   */
  void add(NumberedLine line) {
    JsonFields fields = JsonFields.parse(line.text());
    JsonFields.Value kind = fields.find("record");
    if (kind == null || kind.text() == null) {
      throw new BadRecordException("\"record\" is missing");
    }
    if (kind.text().equals("event")) {
      events.add(EventRecord.of(fields));
    } else {
      RecordTable table = RecordTables.ALL.get(kind.text());
      if (table == null) {
        throw new BadRecordException("unknown record \"" + kind.text() + "\"");
      }
      rows.computeIfAbsent(kind.text(), any -> new ArrayList<>()).add(table.read(fields));
    }
    lines.add(line);
    characters += line.text().length();
  }

  boolean isFull() {
    return lines.size() >= MAX_LINES || characters >= MAX_CHARACTERS;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  List<NumberedLine> lines() {
    return lines;
  }

  int events() {
    return events.size();
  }

  List<String> mediaIds() {
    return rows.getOrDefault("local_media", List.of()).stream()
        .map(row -> String.valueOf(row[0]))
        .toList();
  }

  void write(Handle handle) {
    rows.keySet().stream()
        .sorted()
        .forEach(
            kind -> {
              RecordTable table = RecordTables.ALL.get(kind);
              if (table != null) {
                table.write(handle, rows.getOrDefault(kind, List.of()));
              }
            });
    EventWriter.write(handle, events);
  }
}
