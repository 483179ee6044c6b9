package dev.bailiff.homeserver.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The events of a snapshot, and what follows from them. */
class SnapshotEventsIT extends SnapshotFixture {
  @Test
  void eventsComeAsTheyWereWritten() throws IOException {
    String content = "{\"b\": 1.50, \"a\": \"\\u0000\\ud800 é\", \"n\": 1e400}";
    write(
        SERVER,
        "{\"record\":\"event\",\"stream_ordering\":-7,\"depth\":3,\"outlier\":true,\"event\":{\"event_id\":\"$e\","
            + "\"room_id\":\"!r\",\"type\":\"m.room.message\",\"sender\":\"@x:y\",\"origin_server_ts\":9,"
            + "\"content\":"
            + content
            + ",\"redacts\":\"$t\",\"depth\":3,\"unsigned\":{\"age\": 1}}}");

    importer.importFrom(folder, null, progress -> {});

    assertThat(text("select content from homeserver.event")).isEqualTo(content);
    assertThat(text("select extra from homeserver.event"))
        .isEqualTo("{\"redacts\":\"$t\",\"unsigned\":{\"age\": 1}}");
    assertThat(
            text("select stream_ordering || ' ' || depth || ' ' || outlier from homeserver.event"))
        .isEqualTo("-7 3 true");
  }

  @Test
  void whatAnEventSaysOfAnotherOneIsNoted() throws IOException {
    write(
        SERVER,
        relating(1, "$edit", "{\"rel_type\":\"m.replace\",\"event_id\":\"$e\"}"),
        relating(2, "$reaction", "{\"rel_type\":\"m.annotation\",\"event_id\":\"$e\"}"),
        relating(3, "$reply", "{\"m.in_reply_to\":{\"event_id\":\"$e\"}}"),
        relating(4, "$odd", "[{\"rel_type\":5}]"),
        relating(5, "$nul", "{\"rel_type\":\"m.thread\",\"event_id\":\"\\u0000\"}"),
        relating(
            6, "$long", "{\"rel_type\":\"m.thread\",\"event_id\":\"" + "x".repeat(256) + "\"}"));

    importer.importFrom(folder, null, progress -> {});

    assertThat(count("event")).isEqualTo(6);
    assertThat(
            text(
                "select string_agg(event_id || ' ' || rel_type || ' ' || relates_to, ',') from"
                    + " homeserver.event"))
        .isEqualTo("$edit m.replace $e");
  }

  private static String relating(long place, String id, String relation) {
    return event(id, place).replace("{}", "{\"m.relates_to\":" + relation + "}");
  }

  @Test
  void eventWhosePlaceIsTakenGetsANewOne() throws IOException {
    write(SERVER, event("$one", 5));
    importer.importFrom(folder, null, progress -> {});
    write(SERVER.replace(":1,", ":2,"), event("$two", 5));

    importer.importFrom(folder, null, progress -> {});

    assertThat(count("event")).isEqualTo(2);
    assertThat(text("select stream_ordering from homeserver.event where event_id = '$two'"))
        .isEqualTo("6");
  }

  /**
   * The last local member of this room has left, so the homeserver had dropped the current state.
   */
  @Test
  void aRoomThatEverybodyLeftKeepsTheNumberOfItsStateEvents() throws IOException {
    write(
        SERVER,
        "{\"record\":\"room\",\"room_id\":\"!r\",\"room_version\":\"10\",\"public\":false}",
        state("$create", 1, "m.room.create"),
        state("$name", 2, "m.room.name"),
        state("$renamed", 3, "m.room.name"),
        event("$message", 4));

    importer.importFrom(folder, null, progress -> {});

    assertThat(text("select state_events from homeserver.room")).isEqualTo("2");
  }

  private static String state(String id, long place, String type) {
    return event(id, place)
        .replace("\"type\":\"t\"", "\"state_key\":\"\",\"type\":\"" + type + "\"");
  }
}
