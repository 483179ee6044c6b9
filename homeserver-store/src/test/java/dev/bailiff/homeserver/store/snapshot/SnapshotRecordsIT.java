package dev.bailiff.homeserver.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.testing.RandomText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The records of a snapshot: which are taken, which are set aside, and which stop the import. */
class SnapshotRecordsIT extends SnapshotFixture {
  @Test
  void ofTheConnectionsOfADeviceAndAddressTheNewestIsKept() throws IOException {
    write(
        SERVER,
        connection("old", 5),
        connection("newest", 9),
        connection("newer", 7),
        connection("x", 1).replace("10.0.0.1", "10.0.0.2"));
    importer.importFrom(folder, null, progress -> {});
    write(SERVER.replace(":1,", ":2,"), connection("older than what is stored", 8));

    importer.importFrom(folder, null, progress -> {});

    assertThat(
            text(
                "select string_agg(ip || ' ' || user_agent || ' ' || last_seen_at, ',' order by ip)"
                    + " from homeserver.connection"))
        .isEqualTo("10.0.0.1 newest 9,10.0.0.2 x 1");
  }

  private static String connection(String agent, long at) {
    return "{\"record\":\"connection\",\"user_id\":\"@a:s.example\",\"device_id\":null,\"ip\":\"10.0.0.1\",\"user_agent\":\"%s\",\"last_seen_at\":%d}"
        .formatted(agent, at);
  }

  @Test
  void badLineStopsWithItsNumberAndNothingOfItsBatchIsKept() throws IOException {
    write(SERVER, user("a"), user("b"), "{\"record\":\"user\",\"user_id\":\"@c:s.example\"}");

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .isInstanceOf(SnapshotException.class)
        .hasMessage("line 4: \"admin\" is missing");
    assertThat(count("account")).isZero();
  }

  @Test
  void bytesThatAreNoTextAreABadLine() throws IOException {
    Files.write(
        folder.resolve("records.ndjson"),
        (SERVER + "\n{\"record\":\"\u00ff\"}\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessage("line 2: not UTF-8");
  }

  @Test
  void reasonsAreInWords() throws IOException {
    assertThat(reason("{")).startsWith("not JSON");
    assertThat(reason("[]")).isEqualTo("not a JSON object");
    assertThat(reason("{} {}")).isEqualTo("more than one JSON object");
    assertThat(reason("{\"record\":\"alien\"}")).isEqualTo("unknown record \"alien\"");
    assertThat(reason("{\"x\":1}")).isEqualTo("\"record\" is missing");
    assertThat(reason(user("a").replace("\"admin\":false", "\"admin\":1")))
        .isEqualTo("\"admin\" is neither true nor false");
    assertThat(reason(user("a").replace("\"created_at\":1", "\"created_at\":1e3")))
        .isEqualTo("\"created_at\" is not an integer of 64 bits");
    assertThat(reason(user("a").replace("\"admin\"", "\"displayname\":\"\\u0000\",\"admin\"")))
        .contains("character that PostgreSQL cannot store");
    assertThat(
            reason(
                "{\"record\":\"access_token\",\"user_id\":\"@a:s.example\",\"token_sha256\":\"zz\"}"))
        .contains("SHA-256");
  }

  private String reason(String line) throws IOException {
    write(SERVER, line);
    try {
      importer.importFrom(folder, null, progress -> {});
    } catch (SnapshotException e) {
      assertThat(e.line()).isEqualTo(2);
      return e.reason();
    }
    throw new AssertionError("accepted " + line);
  }

  @Test
  void plainTokenIsStoredAsItsHash() throws IOException {
    write(
        SERVER, "{\"record\":\"access_token\",\"user_id\":\"@a:s.example\",\"token\":\"secret\"}");

    importer.importFrom(folder, null, progress -> {});

    assertThat(text("select token_sha256 = sha256('secret') from homeserver.access_token"))
        .isEqualTo("t");
  }

  @Test
  void recordsWhoseIdsCannotBeStoredAreSetAsideListedAndCounted() throws IOException {
    write(
        SERVER,
        user("a"),
        medium("abc"),
        medium("../../etc/passwd"),
        user("\\u0000"),
        "{\"record\":\"room_alias\",\"room_id\":\"!r\",\"alias\":\"#"
            + RandomText.ofLength(8_000)
            + "\"}",
        user("b"));

    ImportReport report = importer.importFrom(folder, null, progress -> {});

    assertThat(report.setAside()).isEqualTo(4);
    assertThat(report.firstSetAside())
        .extracting(ImportReport.SetAside::line)
        .containsExactly(3L, 4L, 5L, 6L);
    assertThat(report.firstSetAside())
        .extracting(ImportReport.SetAside::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("\"media_id\" cannot be one: abc"),
            reason -> assertThat(reason).contains("../../etc/passwd"),
            reason -> assertThat(reason).contains("\"user_id\" has a character"),
            reason -> assertThat(reason).contains("index row size"));
    assertThat(count("account")).isEqualTo(2);
    assertThat(count("local_media")).isZero();
  }

  @Test
  void whatClientsSayAtAnyLengthIsCut() throws IOException {
    String said = RandomText.ofLength(8_000);
    write(
        SERVER,
        "{\"record\":\"connection\",\"user_id\":\"@a:s.example\",\"ip\":\"::1\",\"user_agent\":\""
            + said
            + "\",\"last_seen_at\":1}",
        "{\"record\":\"receipt\",\"room_id\":\"!r\",\"user_id\":\"@a:s.example\",\"receipt_type\":\"m.read\",\"event_id\":\"$"
            + said
            + "\",\"at\":1}");

    importer.importFrom(folder, null, progress -> {});

    assertThat(text("select user_agent from homeserver.connection"))
        .isEqualTo(said.substring(0, 500));
    assertThat(text("select length(event_id) from homeserver.receipt")).isEqualTo("256");
  }

  @Test
  void displayNameOfAnyLengthIsTaken() throws IOException {
    String name = RandomText.ofLength(8_000);
    write(SERVER, user("long").replace("\"admin\"", "\"displayname\":\"" + name + "\",\"admin\""));

    importer.importFrom(folder, null, progress -> {});

    assertThat(text("select displayname from homeserver.account")).isEqualTo(name);
  }
}
