package dev.bailiff.worker;

import dev.bailiff.homeserver.store.ServerName;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A room with a long history on chat.example: event n has depth n. One event in a hundred is state.
 * One in ten of the others is a redaction of the event before it. A third of all events is remote.
 * Three local users are joined.
 */
record OldRoom(Jdbi jdbi, String id, long events) {
  static final int MEMBERS = 3;

  private static final long PART = 20_000;

  /**
   * Fills the room and updates the statistics as an import does. Without statistics the planner
   * takes the room for empty and reads the whole room for each batch.
   */
  static OldRoom create(Jdbi jdbi, String id, long events) {
    if (new ServerName(jdbi).find().isEmpty()) {
      new ServerName(jdbi).set("chat.example");
    }
    var room = new OldRoom(jdbi, id, events);
    jdbi.useTransaction(room::fill);
    analyze(jdbi);
    return room;
  }

  private void fill(Handle handle) {
    handle.execute("insert into homeserver.room (room_id, room_version) values (?, '10')", id);
    // Parts keep each statement below the socket's time-out on a busy machine.
    for (long from = 1; from <= events; from += PART) {
      fill(handle, from, Math.min(from + PART - 1, events));
    }
    handle.execute(
        """
        insert into homeserver.current_state
        select ?, 'm.room.create', '', '$1' || ? union all select ?, 'm.room.topic', '', '$101' || ?
        """,
        id,
        id,
        id,
        id);
    handle.execute(
        """
        insert into homeserver.membership (room_id, user_id, membership, event_id)
        select ?, '@member-' || n || ':chat.example', 'join', '$m' || n || ?
          from generate_series(1, ?) n
        """,
        id,
        id,
        MEMBERS);
  }

  private void fill(Handle handle, long from, long to) {
    handle.execute(
        """
        insert into homeserver.event
          (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
        select nextval('homeserver.event_stream_ordering'), n, n, ?, '$' || n || ?,
               case when n = 1 then 'm.room.create' when n % 100 = 1 then 'm.room.topic'
                    when n % 10 = 5 then 'm.room.redaction' else 'm.room.message' end,
               '@' || n % 7 || case when n % 3 = 0 then ':away.example' else ':chat.example' end,
               case when n % 100 = 1 then '' end, '{"body":"old"}'
          from generate_series(?, ?) n order by n
        """,
        id, id, from, to);
    handle.execute(
        """
        insert into homeserver.redaction (event_id, redacts, have_censored)
        select '$' || n || ?, '$' || n - 1 || ?, true from generate_series(?, ?) n where n % 10 = 5
        """,
        id, id, from, to);
  }

  /** Number of events below a depth that may be deleted, of all senders or only of remote ones. */
  long deletable(long depth, boolean localEvents) {
    return count(
        "depth < "
            + depth
            + " and state_key is null"
            + (localEvents ? "" : " and sender like '%:away.example'"));
  }

  /** Number of events of the room that fit a condition. */
  long count(String where) {
    return number(
        "select count(*) from homeserver.event where room_id = '" + id + "' and " + where);
  }

  /** Number of rows of the room in a table. */
  long rows(String table) {
    return number("select count(*) from homeserver." + table + " where room_id = '" + id + "'");
  }

  private static void analyze(Jdbi jdbi) {
    jdbi.useHandle(handle -> handle.execute("analyze homeserver.event, homeserver.redaction"));
  }

  /** Number of redactions of the room whose events are gone. */
  long orphans() {
    analyze(jdbi);
    return number(
        "select count(*) from homeserver.redaction r where r.event_id like '%"
            + id
            + "' and not exists (select from homeserver.event e where e.event_id = r.event_id)");
  }

  /** Ids of the events that fit a condition, in order. */
  List<String> ids(String where) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select event_id from homeserver.event where room_id = :room and "
                        + where
                        + " order by event_id")
                .bind("room", id)
                .mapTo(String.class)
                .list());
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
