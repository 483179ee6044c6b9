package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.secret.Sha256;
import org.jdbi.v3.core.Jdbi;

/** A few users and rooms of chat.example, each there for one rule of the API. */
final class Seed {
  static final String ADMIN = "@admin:chat.example";
  static final String ADMIN_TOKEN = "admin-token";
  static final String OPERATOR_TOKEN = "operator-token";
  static final String ROOM = "!room:chat.example";
  static final String EMPTY_ROOM = "!empty:chat.example";

  private Seed() {}

  static void into(Jdbi jdbi) {
    new ServerName(jdbi).set(RunningGateway.SERVER);
    new OperatorTokens(jdbi).add("root", Sha256.of(OPERATOR_TOKEN));
    user(jdbi, "admin", "admin = true");
    user(jdbi, "ann", "displayname = 'Ann'");
    user(jdbi, "bob", "locked = true, admin = true");
    user(jdbi, "guest", "is_guest = true, admin = true");
    user(jdbi, "zoe", "deactivated = true");
    user(jdbi, "a/b%c", "displayname = 'Odd'");
    token(jdbi, "admin", ADMIN_TOKEN, null);
    token(jdbi, "admin", "expired-token", 1L);
    token(jdbi, "ann", "ann-token", null);
    token(jdbi, "bob", "locked-token", null);
    token(jdbi, "guest", "guest-token", null);
    token(jdbi, "zoe", "deactivated-token", null);
    room(jdbi, ROOM);
    room(jdbi, EMPTY_ROOM);
    member(jdbi, ROOM, "@ann:chat.example", "join");
    member(jdbi, ROOM, "@far:away.example", "join");
    member(jdbi, ROOM, "@zoe:chat.example", "leave");
  }

  static void user(Jdbi jdbi, String localpart, String assignment) {
    jdbi.useHandle(
        handle -> {
          var id = "@" + localpart + ":" + RunningGateway.SERVER;
          handle.execute(
              "insert into homeserver.account (user_id, created_at) values (?, 1700000000000)", id);
          handle.execute("update homeserver.account set " + assignment + " where user_id = ?", id);
        });
  }

  static void token(Jdbi jdbi, String localpart, String token, Long validUntil) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "insert into homeserver.access_token (token_sha256, user_id, device_id, valid_until_at) values (?, ?, 'D', ?)",
                Sha256.of(token),
                "@" + localpart + ":" + RunningGateway.SERVER,
                validUntil));
  }

  private static void room(Jdbi jdbi, String id) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into homeserver.room (room_id, room_version, creator) values (?, '10', ?)",
              id,
              ADMIN);
          handle.execute(
              """
              insert into homeserver.event
                (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
              values (nextval('homeserver.event_stream_ordering'), 1, 1, ?, ?, 'm.room.create', ?, '', '{}')
              """,
              id,
              "$create" + id,
              ADMIN);
          handle.execute(
              "insert into homeserver.current_state values (?, 'm.room.create', '', ?)",
              id,
              "$create" + id);
        });
  }

  private static void member(Jdbi jdbi, String room, String user, String membership) {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              "insert into homeserver.membership (room_id, user_id, membership, event_id) values (?, ?, ?, ?)",
              room,
              user,
              membership,
              "$" + user);
          handle.execute(
              "insert into homeserver.current_state values (?, 'm.room.member', ?, ?)",
              room,
              user,
              "$" + user);
        });
  }
}
