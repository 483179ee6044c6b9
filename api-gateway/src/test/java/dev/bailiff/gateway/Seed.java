package dev.bailiff.gateway;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.homeserver.store.ServerName;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.EventRow;
import dev.bailiff.testing.homeserver.RoomRows;
import dev.bailiff.testing.homeserver.UserRows;
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
    operator(jdbi);
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

  static void operator(Jdbi jdbi) {
    new OperatorTokens(jdbi).add("root", Sha256.of(OPERATOR_TOKEN));
  }

  static void user(Jdbi jdbi, String localpart, String assignment) {
    var id = new UserRows(jdbi).account(id(localpart));
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update homeserver.account set " + assignment + " where user_id = ?", id));
  }

  static void token(Jdbi jdbi, String localpart, String token, Long validUntil) {
    new UserRows(jdbi).token(id(localpart), "D", token, validUntil);
  }

  private static String id(String localpart) {
    return "@" + localpart + ":" + RunningGateway.SERVER;
  }

  private static void room(Jdbi jdbi, String id) {
    var rows = new RoomRows(jdbi);
    rows.room(id, "10", ADMIN);
    rows.current(
        id,
        "m.room.create",
        "",
        EventRow.of(id, "m.room.create", ADMIN, "").insert(jdbi, "$create" + id));
  }

  private static void member(Jdbi jdbi, String room, String user, String membership) {
    var rows = new RoomRows(jdbi);
    rows.member(room, user, membership, "$" + user);
    rows.current(room, "m.room.member", user, "$" + user);
  }
}
