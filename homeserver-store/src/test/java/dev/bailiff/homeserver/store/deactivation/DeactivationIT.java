package dev.bailiff.homeserver.store.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.store.CommunityStore;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.Unbinding;
import dev.bailiff.homeserver.store.membership.MemberPruning;
import dev.bailiff.testing.homeserver.BatchDriver;
import dev.bailiff.testing.homeserver.Community;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Admin-api 4.7, tested on the rows. */
class DeactivationIT extends CommunityStore {
  private static final String ADA = Community.user("ada");
  private static final String INVITED = Community.user("mod1");

  @Test
  void nothingThatDeactivationTakesAwayIsLeft() {
    execute("insert into homeserver.push_rules values (?, '{}')", ADA);
    execute("insert into homeserver.e2e_key values (?, 'DEV', 'one_time', 'x', '{}')", ADA);
    execute("insert into homeserver.e2e_key values (?, '', 'backup', 'y', '{}')", ADA);

    close(ADA, false);

    assertThat(
            homeserver
                .deactivation()
                .verifyAccounts(List.of(new Target(0, ADA)), false)
                .get(0)
                .leftOver())
        .allMatch(left -> left.endsWith("joined rooms"));
    for (String table :
        List.of(
            "threepid",
            "device",
            "access_token",
            "pusher",
            "account_data",
            "push_rules",
            "e2e_key")) {
      assertThat(count("homeserver." + table + " where user_id = ?", ADA)).as(table).isZero();
    }
    assertThat(
            text(
                "select deactivated || ' ' || erased || ' ' || (password_hash is null) || ' ' || displayname"
                    + " from homeserver.account where user_id = ?",
                ADA))
        .isEqualTo("true false true Ada");
  }

  @Test
  void whatTheApiKeepsIsKept() {
    execute("insert into homeserver.ratelimit_override values (?, 1, 2)", ADA);
    execute(
        "insert into homeserver.access_token values (sha256('puppet'), ?, null, null, ?)",
        ADMIN,
        ADA);
    // A cross-signing key, stored as a device.
    execute(
        "insert into homeserver.device (user_id, device_id, hidden) values (?, 'KEY', true)", ADA);
    long externalIds = count("homeserver.external_id where user_id = ?", ADA);
    long connections = count("homeserver.connection where user_id = ?", ADA);
    long media = count("homeserver.local_media where user_id = ?", ADA);
    long messages = count("homeserver.event where sender = ? and type = 'm.room.message'", ADA);

    close(ADA, true);
    part(ADA);

    assertThat(externalIds).isPositive();
    assertThat(connections).isPositive();
    assertThat(media).isPositive();
    assertThat(messages).isPositive();
    assertThat(count("homeserver.external_id where user_id = ?", ADA)).isEqualTo(externalIds);
    assertThat(count("homeserver.connection where user_id = ?", ADA)).isEqualTo(connections);
    assertThat(count("homeserver.local_media where user_id = ?", ADA)).isEqualTo(media);
    assertThat(count("homeserver.ratelimit_override where user_id = ?", ADA)).isEqualTo(1);
    assertThat(count("homeserver.device where user_id = ?", ADA)).isEqualTo(1);
    assertThat(
            homeserver
                .deactivation()
                .verifyAccounts(List.of(new Target(0, ADA)), true)
                .get(0)
                .leftOver())
        .isEmpty();
    assertThat(count("homeserver.access_token where puppets_user_id = ?", ADA)).isEqualTo(1);
    assertThat(
            count(
                "homeserver.event where sender = ? and type = 'm.room.message' and content::text <> '{}'",
                ADA))
        .isEqualTo(messages);
  }

  @Test
  void invitesAreRejectedButNotForgotten() {
    assertThat(
            count(
                "homeserver.membership where user_id = ? and room_id = ? and membership = 'invite'",
                INVITED,
                ROOM))
        .isEqualTo(1);

    close(INVITED, false);

    assertThat(
            text(
                "select membership || ' ' || forgotten from homeserver.membership"
                    + " where user_id = ? and room_id = ?",
                INVITED,
                ROOM))
        .isEqualTo("leave false");
  }

  @Test
  void leaveIsTheSameInEventMembershipAndState() {
    List<String> rooms =
        texts(
            "select room_id from homeserver.membership where user_id = ? and membership = 'join'",
            ADA);
    close(ADA, false);

    part(ADA);

    assertThat(rooms).isNotEmpty();
    for (String room : rooms) {
      assertThat(
              text(
                  """
                  select e.sender || ' ' || e.state_key || ' ' || e.content || ' ' || m.forgotten
                  from homeserver.membership m
                  join homeserver.event e on e.event_id = m.event_id and e.room_id = m.room_id
                  join homeserver.current_state s
                    on s.room_id = m.room_id and s.type = 'm.room.member' and s.state_key = m.user_id
                      and s.event_id = m.event_id
                  where m.user_id = ? and m.room_id = ?
                  """,
                  ADA,
                  room))
          .isEqualTo(ADA + " " + ADA + " {\"membership\":\"leave\"} true");
    }
  }

  @Test
  void erasedUsersMembershipEventsShowNoProfile() {
    String profile =
        "homeserver.event where type = 'm.room.member' and state_key = ? and content::text like '%Ada%'";
    assertThat(count(profile, ADA)).isPositive();

    close(ADA, true);
    part(ADA);

    assertThat(count(profile, ADA)).isZero();
    assertThat(
            text(
                "select coalesce(displayname, '-') || coalesce(avatar_url, '-') from homeserver.account"
                    + " where user_id = ?",
                ADA))
        .isEqualTo("--");
  }

  @Test
  void erasedUserWithMoreMembershipEventsThanABatchPrunesLosesThemAll() {
    int changes = 2 * MemberPruning.MOST_EVENTS + 1;
    execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
        select nextval('homeserver.event_stream_ordering'), 1, 1, ?, '$name-' || n, 'm.room.member', ?, ?,
               '{"membership":"join","displayname":"Ada"}'
        from generate_series(1, ?) n
        """,
        ROOM,
        ADA,
        ADA,
        changes);
    long rooms = count("homeserver.membership where user_id = ? and membership = 'join'", ADA);
    close(ADA, true);

    BatchDriver.Total parted = part(ADA);

    assertThat(parted.done()).isEqualTo(rooms);
    assertThat(parted.skipped()).isZero();
    assertThat(
            count(
                "homeserver.event where type = 'm.room.member' and state_key = ? and content::text like '%Ada%'",
                ADA))
        .isZero();
    assertThat(count("homeserver.membership where user_id = ? and membership = 'join'", ADA))
        .isZero();
  }

  @Test
  void currentStateGoesWithTheLastLocalMember() {
    List<String> members =
        texts(
            "select user_id from homeserver.membership where room_id = ? and membership = 'join'",
            ROOM);
    long state = count("homeserver.current_state where room_id = ?", ROOM);
    long events = count("homeserver.event where room_id = ?", ROOM);

    for (String member : members) {
      assertThat(count("homeserver.current_state where room_id = ?", ROOM)).isEqualTo(state);
      part(member);
    }

    assertThat(count("homeserver.current_state where room_id = ?", ROOM)).isZero();
    assertThat(text("select state_events from homeserver.room where room_id = ?", ROOM))
        .isEqualTo(Long.toString(state));
    assertThat(count("homeserver.event where room_id = ?", ROOM))
        .isEqualTo(events + members.size());
  }

  @Test
  void identityServerThatRefusesLeavesTheAccountAsItIs() {
    PostgresHomeserver refused =
        new PostgresHomeserver(
            jdbi,
            StoreTimeouts.defaults(),
            threepids -> Collections.nCopies(threepids.size(), Unbinding.FAILED));
    AccountClosing closing =
        new AccountClosing(List.of(new Target(0, ADA), new Target(1, INVITED)), false);

    BatchDriver.Total closed =
        BatchDriver.run((cursor, commit) -> refused.deactivation().closeAccounts(closing, commit));

    assertThat(closed.failures()).hasSize(1);
    assertThat(closed.failures().get(0).item()).isEqualTo(ADA);
    assertThat(closed.failures().get(0).status()).isEqualTo(400);
    assertThat(closed.failures().get(0).code()).isEqualTo("M_UNKNOWN");
    assertThat(closed.done()).isEqualTo(1);
    assertThat(count("homeserver.threepid where user_id = ?", ADA)).isPositive();
    assertThat(count("homeserver.account where user_id = ? and deactivated", ADA)).isZero();
  }

  private void close(String user, boolean erase) {
    AccountClosing closing = new AccountClosing(List.of(new Target(0, user)), erase);
    BatchDriver.run((cursor, commit) -> homeserver.deactivation().closeAccounts(closing, commit));
  }

  private BatchDriver.Total part(String user) {
    return BatchDriver.run(
        (cursor, commit) ->
            homeserver
                .deactivation()
                .leaveRooms(new RoomParting(List.of(new Target(0, user)), cursor, 3), commit));
  }
}
