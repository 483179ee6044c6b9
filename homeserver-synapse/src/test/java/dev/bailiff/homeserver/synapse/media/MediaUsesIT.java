package dev.bailiff.homeserver.synapse.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.synapse.batch.ReadTime;
import dev.bailiff.homeserver.synapse.database.Finding;
import dev.bailiff.homeserver.synapse.database.SynapseDatabase;
import dev.bailiff.homeserver.synapse.database.TableRights;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import dev.bailiff.homeserver.synapse.purge.SynapseTables;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What shows a file, on the schema of a real Synapse. */
class MediaUsesIT {
  private static final String ROOM = "!files:chat.example";
  private static final String OTHER = "!other:chat.example";
  private static final String SPAMMER = "@spammer:chat.example";
  private static final TableRights NONE = TableRights.toRead(List.of());

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.empty();

  private static SynapseTables tables;
  private static Jdbi jdbi;
  private static SynapseDatabase database;
  private static MediaUses uses;

  private int ordering;

  @BeforeAll
  static void load() {
    tables = SynapseTables.in(postgres);
    jdbi = Jdbi.create(postgres.dataSource());
    database = SynapseDatabase.openToRead(tables.config(1, 1));
    uses = uses(SynapseTables.VERSION, SqlPurge.rights());
  }

  private static MediaUses uses(String version, TableRights allowed) {
    return new MediaUses(
        database, allowed, () -> version, () -> "chat.example", ReadTime.OF_THIS_PROCESS);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @AfterEach
  void clear() {
    tables.execute(
        "delete from redactions; delete from rejections; delete from event_json; delete from events;"
            + " delete from profiles; delete from account_data; delete from room_account_data;"
            + " delete from local_media_repository");
  }

  private static String uri(String id) {
    return "mxc://chat.example/" + id;
  }

  private String event(String id, String room, String sender, String type, String content) {
    insert(
        "insert into events (topological_ordering, event_id, type, room_id, processed, outlier, depth, sender,"
            + " contains_url, instance_name, stream_ordering) values (1, ?, ?, ?, true, false, 1, ?, false, 'master', ?)",
        id,
        type,
        room,
        sender,
        ordering++ - 5);
    insert(
        "insert into event_json (event_id, room_id, internal_metadata, json, format_version) values (?, ?, '{}', ?, 3)",
        id,
        room,
        "{\"type\":\"" + type + "\",\"content\":" + content + "}");
    return id;
  }

  private static String image(String id) {
    return "{\"msgtype\":\"m.image\",\"body\":\"x\",\"url\":\"" + uri(id) + "\"}";
  }

  /** Redacts an event as Synapse stores it. */
  private void redact(String event, String room, String by, boolean recheck) {
    var redaction = event(event + "-redaction", room, by, "m.room.redaction", "{}");
    insert(
        "insert into redactions (event_id, redacts, have_censored, received_ts, recheck) values (?, ?, false, 1, ?)",
        redaction,
        event,
        recheck);
    insert(
        "update event_json set internal_metadata = ? where event_id = ?",
        recheck ? "{\"recheck_redaction\": true}" : "{}",
        redaction);
  }

  private static void medium(String id, boolean safe, boolean quarantined) {
    insert(
        "insert into local_media_repository (media_id, user_id, created_ts, media_length, safe_from_quarantine,"
            + " quarantined_by) values (?, ?, 1, 1, ?, ?)",
        id,
        SPAMMER,
        safe,
        quarantined ? "@admin:chat.example" : null);
  }

  private static void insert(String sql, Object... values) {
    jdbi.useHandle(handle -> handle.execute(sql, values));
  }

  private static List<String> all(Function<Cursor, ShownFiles> pages) {
    var uris = new ArrayList<String>();
    Cursor after = null;
    do {
      var page = pages.apply(after);
      uris.addAll(page.uris());
      after = page.next();
    } while (after != null);
    return uris;
  }

  /** In pages of one row, so that each place goes on where the last page ended. */
  private static List<String> used() {
    return all(after -> uses.used(after, 1));
  }

  @Test
  void whateverNamesAFileIsFound() {
    event("$1", ROOM, SPAMMER, "m.room.message", image("shown"));
    event(
        "$2",
        ROOM,
        SPAMMER,
        "m.room.message",
        "{\"formatted_body\":\"<img src=\\\"" + uri("inText") + "\\\">\"}");
    event("$3", OTHER, SPAMMER, "m.room.avatar", "{\"url\":\"" + uri("roomAvatar") + "\"}");
    event("$4", OTHER, SPAMMER, "m.room.message", "{\"body\":\"mxc://other.example/copy\"}");
    event("$5", OTHER, SPAMMER, "m.room.message", "{\"body\":\"no file\"}");
    for (var user : List.of("ada", "ben")) {
      insert(
          "insert into profiles (user_id, full_user_id, avatar_url, fields) values (?, ?, ?, ?::jsonb)",
          user,
          "@" + user + ":chat.example",
          uri("avatar-" + user),
          "{\"banner\": \"" + uri("banner-" + user) + "\"}");
      insert(
          "insert into account_data (user_id, account_data_type, stream_id, content) values (?, 'emotes', 1, ?)",
          "@" + user + ":chat.example",
          "{\"" + uri("emote-" + user) + "\": {}}");
      insert(
          "insert into room_account_data (user_id, room_id, account_data_type, stream_id, content)"
              + " values (?, '!r', 'emotes', 1, ?)",
          "@" + user + ":chat.example",
          image("sticker-" + user));
    }

    assertThat(used())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    "shown",
                    "inText",
                    "roomAvatar",
                    "avatar-ada",
                    "avatar-ben",
                    "banner-ada",
                    "banner-ben",
                    "emote-ada",
                    "emote-ben",
                    "sticker-ada",
                    "sticker-ben")
                .map(MediaUsesIT::uri)
                .toList());
    assertThat(all(after -> uses.used(after, 20_000))).containsExactlyInAnyOrderElementsOf(used());
  }

  @ParameterizedTest
  @CsvSource({
    "@spammer:chat.example, false, '', false",
    "@mod:chat.example, true, '', false",
    "@mod:other.example, false, '', false",
    "@mod:other.example, true, '', true",
    "@mod:notchat.example, true, '', true",
    "@mod:chat.example, false, update events set room_id = '!x' where type = 'm.room.redaction', true",
    "@mod:chat.example, false, 'insert into rejections values (''$1-redaction'', ''x'', ''x'')', true",
    "@mod:chat.example, false, update events set rejection_reason = 'x' where type = 'm.room.redaction', true",
    "@mod:chat.example, false, update events set type = 'm.room.message' where event_id <> '$1', true",
    "@mod:chat.example, false, update events set type = 'm.room.create' where event_id = '$1', true",
    "@mod:chat.example, false, delete from events where type = 'm.room.redaction', true",
    "@mod:other.example, true, update event_json set internal_metadata = '{}', false"
  })
  void aRedactedEventNamesNothingIfTheRedactionIsValid(
      String by, boolean recheck, String change, boolean named) {
    event("$1", ROOM, SPAMMER, "m.room.message", image("shown"));
    medium("shown", false, false);
    redact("$1", ROOM, by, recheck);
    if (!change.isEmpty()) {
      tables.execute(change);
    }

    var expected = named ? List.of(uri("shown")) : List.of();
    assertThat(used()).isEqualTo(expected);
    assertThat(all(after -> uses.shownIn(ROOM, after, 1))).isEqualTo(expected);
  }

  @Test
  void ofARoomOnlyShownFilesThatMayBeDeletedAreNoted() {
    event("$1", ROOM, SPAMMER, "m.room.message", image("free0"));
    event("$2", ROOM, SPAMMER, "m.room.message", "{\"file\":{\"url\":\"" + uri("free1") + "\"}}");
    event("$3", ROOM, SPAMMER, "m.room.message", image("protected"));
    event("$4", ROOM, SPAMMER, "m.room.message", image("quarantined"));
    event("$5", ROOM, SPAMMER, "m.room.message", "{\"body\":\"" + uri("free2") + "\"}");
    event("$6", ROOM, SPAMMER, "m.room.message", "{\"url\":\"mxc://other.example/free3\"}");
    event("$7", ROOM, SPAMMER, "m.room.message", image("notHere"));
    event("$8", OTHER, SPAMMER, "m.room.message", image("free4"));
    for (int n = 0; n < 5; n++) {
      medium("free" + n, false, false);
    }
    medium("protected", true, false);
    medium("quarantined", false, true);

    assertThat(all(after -> uses.shownIn(ROOM, after, 1)))
        .containsExactly(uri("free0"), uri("free1"));
    assertThat(uses.shownIn(ROOM, null, 20_000).uris())
        .containsExactlyInAnyOrder(uri("free0"), uri("free1"));
  }

  @Test
  void theDatabaseIsAskedWithTheRightsThatAreNeededAlone() {
    assertThat(uses.findings()).hasSize(2).allMatch(Finding::passed);
    assertThat(Finding.refusal(uses(SynapseTables.VERSION, NONE).findings()).orElseThrow())
        .startsWith("the role has more rights than it needs: ");
    assertThat(Finding.refusal(uses("1.170.0", SqlPurge.rights()).findings()))
        .contains("1.170.0 is not known");

    tables.execute("revoke select on account_data from bailiff_purge");
    try {
      var asked = uses(SynapseTables.VERSION, SqlPurge.rights());
      assertThat(asked.refusal()).contains("the role lacks rights: account_data select");
      assertThatThrownBy(() -> asked.used(null, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("account_data select");
    } finally {
      tables.execute("grant select on account_data to bailiff_purge");
    }
  }

  @Test
  void nothingCanBeChanged() {
    assertThatThrownBy(() -> database.run(handle -> handle.execute("delete from events")))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("read-only");
  }

  @ParameterizedTest
  @EnumSource
  void noStatementReadsATableFromEndToEnd(QueryPlan.Mode mode) {
    fillMany();
    var statements =
        Stream.concat(
            Arrays.stream(MediaSql.Source.values()).map(MediaSql.Source::sql),
            Stream.of(MediaSql.OF_ROOM, MediaSql.DELETABLE));
    var arguments =
        Map.of(
            "k1", "'7'",
            "k2", "'7'",
            "k3", "'7'",
            "limit", "500",
            "room", "'!7'",
            "after", "7",
            "ids", "array['7', '8']");

    statements.forEach(
        sql ->
            database.run(
                handle -> {
                  var plan = QueryPlan.of(handle, mode, sql, arguments);
                  for (var table : MediaTables.RIGHTS.read()) {
                    assertThat(plan.fullReads(table)).as("%s%n%s", sql, plan).isEmpty();
                  }
                  return true;
                }));
  }

  private static void fillMany() {
    tables.execute(
        """
        insert into events (topological_ordering, event_id, type, room_id, processed, outlier, depth,
                            sender, contains_url, instance_name, stream_ordering)
        select n, '$' || n, 'm.room.message', '!' || n % 50, true, false, n, '@u:chat.example', false,
               'master', n
        from generate_series(1, 20000) n;
        insert into event_json (event_id, room_id, internal_metadata, json, format_version)
        select '$' || n, '!' || n % 50, '{}', '{"content":{"url":"mxc://chat.example/' || n || '"}}', 3
        from generate_series(1, 20000) n;
        insert into redactions (event_id, redacts) select '$' || n, '$' || n + 1 from generate_series(1, 5000) n;
        insert into rejections select '$' || n, 'x', 'x' from generate_series(1, 5000) n;
        insert into profiles (user_id, full_user_id) select n, '@' || n from generate_series(1, 5000) n;
        insert into account_data select '@' || n, 't', n, '{}' from generate_series(1, 5000) n;
        insert into room_account_data select '@' || n, '!r', 't', n, '{}' from generate_series(1, 5000) n;
        insert into local_media_repository (media_id, user_id) select n, '@u' from generate_series(1, 5000) n;
        analyze""");
  }
}
