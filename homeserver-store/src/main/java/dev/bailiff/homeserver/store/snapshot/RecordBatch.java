package dev.bailiff.homeserver.store.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lines of a snapshot that are written in one transaction. */
final class RecordBatch {

  /** Large enough for set-based speed, small enough for a small heap and a short transaction. */
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
   * @throws BadRecordException when the line does not follow the format
   * @throws UnstorableIdException when the line is to be set aside
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
      RecordTable table =
          RecordTables.of(kind.text())
              .orElseThrow(() -> new BadRecordException("unknown record \"" + kind.text() + "\""));
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

  /**
   * A media item of the batch.
   *
   * @param length length of its file by its record; null if the record has none
   */
  record Medium(String id, @Nullable Long length) {}

  List<Medium> media() {
    return rows.getOrDefault("local_media", List.of()).stream()
        .map(row -> new Medium(String.valueOf(row[0]), (Long) row[3]))
        .toList();
  }

  /**
   * Writes all lines, in the transaction of the handle.
   *
   * @return how many records were left alone, by kind
   */
  Map<String, Long> write(Handle handle, ImportMode mode) {
    Map<String, Long> left = new TreeMap<>();
    rows.keySet().stream()
        .sorted()
        .forEach(
            kind ->
                RecordTables.of(kind)
                    .ifPresent(
                        table ->
                            left.put(
                                kind,
                                table.write(handle, rows.getOrDefault(kind, List.of()), mode))));
    var wanted = mode == ImportMode.AGAIN ? EventsLeftAlone.without(handle, events) : events;
    left.put("event", (long) events.size() - wanted.size());
    EventWriter.write(handle, wanted);
    return left;
  }
}
