package dev.bailiff.homeserver.store.roomdeletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Admin-api 4.37, tested on the rows. */
class RoomDeletionIT extends CommunityStore {
  private static final Target TARGET = new Target(0, ROOM);

  @Test
  void firstBlockerStaysRecorded() {
    prepare(Community.user("ada"), null);
    prepare(ADMIN, null);

    assertThat(text("select user_id from homeserver.blocked_room where room_id = ?", ROOM))
        .isEqualTo(Community.user("ada"));
  }

  @Test
  void replacementIsThePublicRoomThatSynapseMakes() {
    String room = prepare(ADMIN, ADMIN).fact("new_room_id");

    assertThat(
            texts(
                "select type from homeserver.event where room_id = ? order by stream_ordering",
                room))
        .containsExactly(
            "m.room.create",
            "m.room.member",
            "m.room.power_levels",
            "m.room.join_rules",
            "m.room.history_visibility",
            "m.room.name");
    assertThat(
            text(
                "select content from homeserver.event where room_id = ? and type = 'm.room.name'",
                room))
        .isEqualTo("{\"name\":\"Gone\"}");
    assertThat(
            text(
                "select content->>'users_default' from homeserver.event"
                    + " where room_id = ? and type = 'm.room.power_levels'",
                room))
        .isEqualTo("-10");
    assertThat(
            text(
                "select room_version || public || creator from homeserver.room where room_id = ?",
                room))
        .isEqualTo("12false" + ADMIN);
    assertThat(count("homeserver.current_state where room_id = ?", room)).isEqualTo(6);
    assertThat(
            text(
                "select event_id from homeserver.event where room_id = ? and type = 'm.room.create'",
                room))
        .isEqualTo("$" + String.valueOf(room).substring(1));
  }

  @Test
  void unusableCreatorFailsTheRoomAfterTheBlock() {
    execute(
        "update homeserver.account set suspended = true where user_id = ?", Community.user("ada"));

    for (String foreign : List.of("@ada:other.example", "@ada", "")) {
      assertThat(prepare(ADMIN, foreign).failures())
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.status()).isEqualTo(400);
                assertThat(failure.code()).isEqualTo("M_UNKNOWN");
                assertThat(failure.text()).isEqualTo("User must be our own: " + foreign);
              });
    }
    assertThat(prepare(ADMIN, "ada:chat.example").failures().get(0).code())
        .isEqualTo("M_INVALID_PARAM");
    assertThat(prepare(ADMIN, Community.user("ada")).failures().get(0).code())
        .isEqualTo("M_USER_SUSPENDED");
    assertThat(count("homeserver.blocked_room where room_id = ?", ROOM)).isEqualTo(1);
  }

  @Test
  void joinedMembersMoveAndInvitedOnesDoNot() {
    String room = prepare(ADMIN, ADMIN).fact("new_room_id");

    remove(room);

    assertThat(count("homeserver.membership where room_id = ? and membership = 'join'", room))
        .isEqualTo(20);
    assertThat(
            count(
                "homeserver.membership where room_id = ? and user_id = ?",
                room,
                Community.user("mod1")))
        .isZero();
    assertThat(
            text(
                "select content from homeserver.event where room_id = ? and state_key = ?",
                room,
                Community.user("nina")))
        .contains("\"displayname\":\"Nina\"", "\"membership\":\"join\"");
    assertThat(
            count(
                "homeserver.membership where room_id = ? and membership = 'leave' and forgotten",
                ROOM))
        .isEqualTo(20);
    assertThat(count("homeserver.current_state where room_id = ?", ROOM)).isZero();
  }

  @Test
  void suspendedMemberLeavesButCannotJoin() {
    String nina = Community.user("nina");
    execute("update homeserver.account set suspended = true where user_id = ?", nina);
    String room = prepare(ADMIN, ADMIN).fact("new_room_id");

    BatchDriver.Total removed = remove(room);

    assertThat(removed.list("failed_to_kick_users")).containsExactly(nina);
    assertThat(removed.list("kicked_users")).hasSize(19).doesNotContain(nina);
    assertThat(
            count(
                "homeserver.membership where user_id = ? and room_id = ? and membership = 'leave'",
                nina,
                ROOM))
        .isEqualTo(1);
    assertThat(count("homeserver.membership where user_id = ? and room_id = ?", nina, room))
        .isZero();
  }

  @Test
  void messageIsPostedOnceAndAliasesBelongToTheAdmin() {
    String room = prepare(ADMIN, ADMIN).fact("new_room_id");

    moveAliases(String.valueOf(room));
    moveAliases(String.valueOf(room));

    assertThat(
            text(
                "select content from homeserver.event where room_id = ? and type = 'm.room.message'",
                room))
        .isEqualTo("{\"body\":\"Moved away.\",\"msgtype\":\"m.text\"}");
    assertThat(
            text(
                "select room_id || ' ' || creator from homeserver.room_alias where alias = '#river-0:chat.example'"))
        .isEqualTo(room + " " + ADMIN);
  }

  @Test
  void whatIsLeftIsNamedInTheSameOrderEverywhere() {
    assertThat(homeserver.roomDeletion().verifyRooms(List.of(TARGET), true).get(0).leftOver())
        .extracting(words -> words.replaceFirst("^\\d+ ", "").replaceFirst("(es|s)$", ""))
        .containsSubsequence("event", "state event", "membership", "alia", "room");
  }

  @Test
  void blockAndReportsOutliveThePurge() {
    long reports = count("homeserver.event_report");
    prepare(ADMIN, null);
    remove(null);

    purge();

    assertThat(homeserver.roomDeletion().verifyRooms(List.of(TARGET), true).get(0).leftOver())
        .isEmpty();
    assertThat(count("homeserver.blocked_room where room_id = ?", ROOM)).isEqualTo(1);
    assertThat(count("homeserver.event_report")).isEqualTo(reports);
    assertThat(
            count(
                "homeserver.redaction r where not exists"
                    + " (select from homeserver.event e where e.event_id = r.event_id)"))
        .isZero();
  }

  @Test
  void whatComesLateGoesWithTheRoom() {
    remove(null);
    List<Range> ranges = homeserver.roomDeletion().purgeRanges(TARGET, null, 100).ranges();
    addLate(25);
    purge(ranges);

    BatchDriver.Total finished = finish(false);

    assertThat(finished.done()).isEqualTo(25);
    assertThat(finished.batches()).isGreaterThan(1);
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void eventBehindTheMarkOfAPurgeIsLeftOver() {
    remove(null);
    purge();
    addLate(2);

    assertThat(leftOver()).containsExactly("2 events");
  }

  @Test
  void withoutAMarkEveryEventIsLeftOver() {
    remove(null);
    long events = count("homeserver.event where room_id = ?", ROOM);

    assertThat(leftOver()).contains(events + " events");
  }

  @Test
  void roomThatCameBackIsPurgedToItsNewEnd() {
    remove(null);
    purge();
    execute("insert into homeserver.room (room_id, room_version) values (?, '12')", ROOM);
    addLate(3);

    purge();

    assertThat(leftOver()).isEmpty();
    addLate(1);
    assertThat(leftOver()).containsExactly("1 event");
  }

  @Test
  void roomWhoseDepthIsTheLargestThereIsCanBeDeleted() {
    execute(
        """
        update homeserver.event set depth = 9223372036854775807
        where room_id = ?
          and stream_ordering = (select max(stream_ordering) from homeserver.event where room_id = ?)
        """,
        ROOM,
        ROOM);

    BatchDriver.Total removed = remove(null);

    assertThat(removed.list("kicked_users")).hasSize(20);
    assertThat(removed.failures()).isEmpty();
    assertThat(count("homeserver.event where room_id = ? and depth = 9223372036854775807", ROOM))
        .isEqualTo(21);
    purge();
    assertThat(leftOver()).isEmpty();
  }

  @Test
  void lastTwoMembersLeavingAtOnceTakeTheStateWithThem() {
    List<Range> ranges = homeserver.roomDeletion().memberRanges(TARGET, null, 10).ranges();
    assertThat(ranges).hasSize(2);

    CompletableFuture<?>[] removals =
        ranges.stream()
            .map(range -> CompletableFuture.runAsync(() -> remove(range, null)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(removals).join();

    assertThat(count("homeserver.current_state where room_id = ?", ROOM)).isZero();
  }

  private List<String> leftOver() {
    return homeserver.roomDeletion().verifyRooms(List.of(TARGET), true).get(0).leftOver();
  }

  /** Adds events that arrive after all others. */
  private void addLate(int events) {
    execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
        select a.n, 1, 1, ?, '$late-' || a.n, 'm.room.message', '@x:y', '{}'
        from (select nextval('homeserver.event_stream_ordering') as n from generate_series(1, ?)) a
        """,
        ROOM,
        events);
  }

  private BatchDriver.Total prepare(String admin, @Nullable String creator) {
    RoomPreparation preparation =
        new RoomPreparation(List.of(TARGET), admin, true, false, false, creator, "Gone", JOB);
    return BatchDriver.run(
        (cursor, commit) -> homeserver.roomDeletion().prepareRooms(preparation, commit));
  }

  private BatchDriver.Total remove(@Nullable String newRoom) {
    return remove(
        homeserver.roomDeletion().memberRanges(TARGET, null, 100).ranges().get(0), newRoom);
  }

  private BatchDriver.Total remove(Range range, @Nullable String newRoom) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .roomDeletion()
                .removeMembers(new MemberRemoval(TARGET, range, cursor, 6, newRoom), commit));
  }

  private void moveAliases(String newRoom) {
    AliasMove move = new AliasMove(TARGET, newRoom, ADMIN, "Moved away.", ADMIN, JOB);
    BatchDriver.run((cursor, commit) -> homeserver.roomDeletion().moveAliases(move, commit));
  }

  private void purge() {
    purge(homeserver.roomDeletion().purgeRanges(TARGET, null, 100).ranges());
    finish(false);
  }

  private void purge(List<Range> ranges) {
    for (Range range : ranges) {
      BatchDriver.run(
          (cursor, commit) ->
              homeserver
                  .roomDeletion()
                  .purgeEvents(new RoomPurge(TARGET, range, cursor, 30), commit));
    }
  }

  private BatchDriver.Total finish(boolean force) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .roomDeletion()
                .finishPurge(new RoomClosing(TARGET, force, cursor, 10), commit));
  }
}
