package dev.bailiff.homeserver.store.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.media.LocalMediaFiles;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SnapshotImporterIT {
  private static final String SERVER =
      "{\"record\":\"server\",\"server_name\":\"s.example\",\"exported_at\":1,\"software\":\"X\"}";

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @TempDir Path folder;
  @TempDir Path media;

  private Jdbi jdbi;
  private SnapshotImporter importer;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    importer = new SnapshotImporter(jdbi, new LocalMediaFiles(media));
  }

  /**
   * Nothing outside the snapshot is copied by way of a link in it; the folder itself may be a link.
   */
  @Test
  void linksInASnapshotAreNotFollowed() throws IOException {
    Path outside = Files.createDirectories(media.resolve("outside/aa/aa"));
    Files.writeString(outside.resolve("bbbb"), "secret");
    Files.writeString(folder.resolve("32-32-image-png-crop"), "secret");
    write(SERVER, medium("aaaabbbb"), medium("ccccdddd"), medium("eeeeffff"), medium("gggghhhh"));
    link("media/aa", outside.getParent());
    link("media/cc/cc/dddd", outside.resolve("bbbb"));
    file("media/ee/ee/ffff");
    link("thumbnails/ee/ee/ffff", folder);
    file("media/gg/gg/hhhh");
    link("thumbnails/gg/gg/hhhh/32-32-image-png-crop", outside.resolve("bbbb"));
    Path link = Files.createSymbolicLink(media.resolve("snapshot"), folder);

    ImportReport report = importer.importFrom(link, null, progress -> {});

    assertThat(report.mediaFiles()).isEqualTo(2);
    assertThat(report.missingFiles()).isEqualTo(2);
    assertThat(media.resolve("media/ee/ee/ffff")).hasContent("own");
    assertThat(media.resolve("media/aa")).doesNotExist();
    assertThat(media.resolve("media/cc")).doesNotExist();
    assertThat(media.resolve("thumbnails")).doesNotExist();
  }

  @Test
  void recordsBehindALinkAreRefused() throws IOException {
    link("records.ndjson", Files.writeString(media.resolve("other"), SERVER + "\n"));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessageContaining("records.ndjson in " + folder + " is a link, which is not followed");
  }

  @Test
  void mediaFilesThatWereCutAreCounted() throws IOException {
    write(
        SERVER,
        medium("aaaabbbb").replace("}", ",\"media_length\":3}"),
        medium("ccccdddd").replace("}", ",\"media_length\":4}"),
        medium("eeeeffff"));
    file("media/aa/aa/bbbb");
    file("media/cc/cc/dddd");
    file("media/ee/ee/ffff");

    ImportReport report = importer.importFrom(folder, null, progress -> {});

    assertThat(report.mediaFiles()).isEqualTo(3);
    assertThat(report.shortFiles()).isEqualTo(1);
    assertThat(media.resolve("media/cc/cc/dddd")).hasContent("own");
  }

  private void link(String name, Path target) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.createSymbolicLink(folder.resolve(name), target);
  }

  private void file(String name) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), "own");
  }

  private static String medium(String id) {
    return "{\"record\":\"local_media\",\"media_id\":\"" + id + "\",\"created_at\":1}";
  }

  @Test
  void communityArrivesWhole() throws IOException {
    ImportReport report = importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(report.serverName()).isEqualTo(Community.SERVER);
    assertThat(report.events()).isEqualTo(5082);
    assertThat(report.mediaFiles()).isEqualTo(279);
    assertThat(report.missingFiles()).isZero();
    assertThat(report.shortFiles()).isZero();
    assertThat(count("account")).isEqualTo(71);
    assertThat(count("event")).isEqualTo(5082);
    assertThat(count("local_thumbnail")).isEqualTo(781);
    assertThat(count("event_report")).isEqualTo(20);
    assertThat(
            text(
                "select last_value >= (select max(stream_ordering) from homeserver.event)"
                    + " from homeserver.event_stream_ordering"))
        .isEqualTo("t");
    try (var files = Files.walk(media)) {
      assertThat(files.filter(Files::isRegularFile).count()).isGreaterThan(279);
    }
  }

  @Test
  void secondImportWritesNoRow() {
    importer.importFrom(Community.folder(), null, progress -> {});
    List<String> before = fingerprints();

    importer.importFrom(Community.folder(), null, progress -> {});

    assertThat(fingerprints()).isEqualTo(before);
  }

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

  @Test
  void interruptedImportGoesOnBehindItsLastBatch() throws IOException {
    List<String> lines = new ArrayList<>(List.of(SERVER));
    for (int i = 0; i < 5000; i++) {
      lines.add(user("u" + i));
    }
    lines.add("broken");
    write(lines.toArray(String[]::new));
    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessageStartingWith("line 5002: ");
    assertThat(count("account")).isEqualTo(4000);
    lines.set(5001, user("last"));
    write(lines.toArray(String[]::new));

    ImportReport report = importer.importFrom(folder, null, progress -> {});

    assertThat(report.resumedBehind()).isEqualTo(4001);
    assertThat(count("account")).isEqualTo(5001);
  }

  @Test
  void storeOfAnotherServerIsRefused() throws IOException {
    importer.importFrom(Community.folder(), null, progress -> {});
    write(SERVER, user("a"));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("chat.example");
    assertThatThrownBy(() -> importer.importFrom(Community.folder(), "other.example", p -> {}))
        .hasMessageContaining("not of other.example");
    assertThat(count("account")).isEqualTo(71);
  }

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

  @Test
  void bytesThatAreNoTextAreABadLine() throws IOException {
    Files.write(
        folder.resolve("records.ndjson"),
        (SERVER + "\n{\"record\":\"\u00ff\"}\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> importer.importFrom(folder, null, progress -> {}))
        .hasMessage("line 2: not UTF-8");
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

  private void write(String... lines) throws IOException {
    Files.writeString(folder.resolve("records.ndjson"), String.join("\n", lines) + "\n");
  }

  private static String user(String name) {
    return "{\"record\":\"user\",\"user_id\":\"@"
        + name
        + ":s.example\",\"admin\":false,\"is_guest\":false,\"deactivated\":false,\"erased\":false,"
        + "\"shadow_banned\":false,\"locked\":false,\"suspended\":false,\"created_at\":1}";
  }

  private static String event(String id, long place) {
    return "{\"record\":\"event\",\"stream_ordering\":"
        + place
        + ",\"depth\":1,\"event\":{\"event_id\":\""
        + id
        + "\",\"room_id\":\"!r\",\"type\":\"t\",\"sender\":\"@x:y\",\"origin_server_ts\":1,\"content\":{}}}";
  }

  private static String relating(long place, String id, String relation) {
    return event(id, place).replace("{}", "{\"m.relates_to\":" + relation + "}");
  }

  /** Every row of every table with the transaction that wrote it, so that a rewritten row shows. */
  private List<String> fingerprints() {
    List<String> tables =
        texts(
            "select table_name from information_schema.tables where table_schema = 'homeserver'"
                + " and table_name not in ('import_progress', 'room_change') order by 1");
    return tables.stream()
        .map(
            table ->
                table
                    + text(
                        "select count(*) || coalesce(md5(string_agg(t.xmin::text || t::text, ','"
                            + " order by t::text)), '') from homeserver."
                            + table
                            + " t"))
        .toList();
  }

  private long count(String table) {
    return Long.parseLong(text("select count(*) from homeserver." + table));
  }

  private String text(String sql) {
    return texts(sql).get(0);
  }

  private List<String> texts(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }
}
