package dev.bailiff.homeserver.store.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.list.Page;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.server.PostgresExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Summaries of rooms follow the rooms after any change, also by several writers. */
class RoomSummariesIT {
  private static final String ANCHOR = "!wWS9O4S3anwSgSeE3lphH8yj7YaFN3yhcFp52dQw-pA";

  @RegisterExtension final PostgresExtension postgres = Community.database();

  private Jdbi jdbi;
  private RoomSummaries summaries;
  private RoomList list;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    summaries = new RoomSummaries(jdbi);
    list = new RoomList(jdbi, summaries);
  }

  @Test
  void importedRoomsHaveTheirSummaries() {
    Page<RoomSummary> page = list.list(filter(null));

    assertThat(page.total()).isEqualTo(23);
    assertThat(page.items())
        .filteredOn(room -> room.roomId().equals(ANCHOR))
        .containsExactly(
            new RoomSummary(
                ANCHOR,
                "signal anchor",
                "#river-0:chat.example",
                19,
                19,
                "12",
                "@ada:chat.example",
                null,
                true,
                false,
                "public",
                null,
                "shared",
                28,
                null));
    assertThat(count("room_change")).isZero();
    assertThat(count("room_summary")).isEqualTo(23);
  }

  @Test
  void everyKindOfChangeLeavesANote() {
    summaries.refresh();

    execute(
        "update homeserver.membership set membership = 'leave' where room_id = ? and user_id < '@b'");
    assertThat(summary().joinedMembers()).isLessThan(19);
    execute("delete from homeserver.membership where room_id = ?");
    assertThat(summary().joinedMembers()).isZero();
    execute("delete from homeserver.current_state where room_id = ? and type = 'm.room.name'");
    assertThat(summary().name()).isNull();
    execute(
        "update homeserver.current_state set event_id = '$gone' where room_id = ? and type = 'm.room.canonical_alias'");
    assertThat(summary().canonicalAlias()).isNull();
    execute("delete from homeserver.room where room_id = ?");
    assertThat(list.list(filter(ANCHOR)).total()).isZero();
    assertThat(count("room_summary")).isEqualTo(22);
  }

  @Test
  void noteOfAChangeThatWasTakenBackIsTakenBackWithIt() {
    summaries.refresh();

    jdbi.useHandle(
        handle -> {
          handle.begin();
          handle.execute("delete from homeserver.membership where room_id = ?", ANCHOR);
          handle.rollback();
        });

    assertThat(count("room_change")).isZero();
    assertThat(summary().joinedMembers()).isEqualTo(19);
  }

  @Test
  void nameThatFitsNoIndexIsKeptWhole() {
    String name = RandomText.ofLength(60_000);
    named("!long:x", name);

    assertThat(list.list(filter("!long:x")).items())
        .extracting(RoomSummary::name)
        .containsExactly(name);
  }

  /** The index holds only the beginnings of names. */
  @Test
  void namesThatBeginAlikeAreInTheirExactOrder() {
    String beginning = "m".repeat(255);
    named("!5:x", beginning + "b");
    named("!4:x", beginning);
    named("!1:x", beginning + "\u00e6".repeat(4_000));
    named("!3:x", beginning + "a" + RandomText.ofLength(4_000));
    named("!6:x", beginning);
    named("!2:x", beginning + "b");
    named("!7:x", "m".repeat(254));
    List<String> expected = List.of("!7:x", "!4:x", "!6:x", "!3:x", "!2:x", "!5:x", "!1:x");

    assertThat(made(false)).isEqualTo(expected);
    assertThat(made(true)).isEqualTo(reversed(expected));
  }

  /**
   * Of two concurrent refreshes, the slower one must not overwrite the summary with older values.
   */
  @Test
  void changesMadeWhileOthersRefreshAreSeenInTheEnd() {
    summaries.refresh();
    List<String> members = new Rooms(jdbi).joinedMembers(ANCHOR, null, 100);

    List<CompletableFuture<Void>> all =
        Stream.concat(
                members.stream()
                    .map(
                        user ->
                            CompletableFuture.runAsync(
                                () ->
                                    execute(
                                        "update homeserver.membership set membership = 'leave' where room_id = ? and user_id = '"
                                            + user
                                            + "'"))),
                members.stream().map(user -> CompletableFuture.runAsync(summaries::refresh)))
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(summary().joinedMembers()).isZero();
    assertThat(count("room_change")).isZero();
  }

  private List<String> made(boolean backwards) {
    var page = new RoomFilter(0, 100, null, null, null, RoomOrder.NAME, backwards);
    return list.list(page).items().stream()
        .map(RoomSummary::roomId)
        .filter(id -> id.endsWith(":x"))
        .toList();
  }

  private void named(String room, String name) {
    new RoomRows(jdbi).room(room);
    new RoomRows(jdbi)
        .current(
            room,
            "m.room.name",
            "",
            EventRow.of(room, "m.room.name", "@a:x", "")
                .content("{\"name\":\"" + name + "\"}")
                .insert(jdbi, "$" + room));
  }

  private static List<String> reversed(List<String> list) {
    List<String> reversed = new ArrayList<>(list);
    Collections.reverse(reversed);
    return reversed;
  }

  private RoomSummary summary() {
    return list.list(filter(ANCHOR)).items().get(0);
  }

  private static RoomFilter filter(String term) {
    return new RoomFilter(0, 100, term, null, null, RoomOrder.NAME, false);
  }

  private void execute(String sql) {
    jdbi.useHandle(handle -> handle.execute(sql, ANCHOR));
  }

  private long count(String table) {
    return jdbi.withHandle(
        handle ->
            handle.select("select count(*) from homeserver." + table).mapTo(Long.class).one());
  }
}
