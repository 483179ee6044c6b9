package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The lists of a big homeserver: a million accounts and a hundred thousand rooms with two members
 * each. One account in twenty is deactivated, and three in four have a device that was seen. Names
 * are pseudo-random, so that no sort order is the order of insertion.
 */
public final class Directory {
  public static final Dataset DATASET = new Dataset("directory", Directory::generate);

  private static final List<String> STATEMENTS =
      List.of(
          """
          insert into homeserver.account
            (user_id, created_at, displayname, avatar_url, is_guest, deactivated, user_type, admin, locked, shadow_banned)
          select '@' || left(md5('user' || n), 12) || ':bench.example',
                 1600000000000 + n * 7919 % 1000003 * 1000,
                 initcap(left(md5('first' || n), 6)) || ' ' || initcap(left(md5('last' || n), 8)),
                 case when n % 3 = 0 then 'mxc://bench.example/' || md5('avatar' || n) end,
                 n % 50 = 1, n % 20 = 2, case when n % 100 = 3 then 'bot' end, n % 100000 = 4, n % 1000 = 5, n % 1000 = 6
          from generate_series(1::bigint, ?) as n
          """,
          """
          insert into homeserver.device (user_id, device_id, last_seen_at)
          select user_id, 'PHONE', 1700000000000 + row_number() over () * 7907 % 1000003
          from homeserver.account where ascii(right(split_part(user_id, ':', 1), 1)) % 4 <> 0
          """,
          """
          insert into homeserver.room (room_id, room_version, creator, public)
          select '!' || left(md5('room' || n), 18) || ':bench.example', '10', '@keeper:bench.example', n % 10 = 0
          from generate_series(1::bigint, ?) as n
          """,
          """
          insert into homeserver.event
            (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content)
          select nextval('homeserver.event_stream_ordering'), e.nth, 1700000000000, r.room_id,
                 '$' || left(md5(r.room_id || e.type || e.state_key), 30), e.type, '@keeper:bench.example', e.state_key,
                 e.content::json
          from homeserver.room r
          cross join lateral (values
            (1, 'm.room.create', '', '{"room_version":"10"}'),
            (2, 'm.room.member', '@keeper:bench.example', '{"membership":"join"}'),
            (3, 'm.room.member', '@guest:bench.example', '{"membership":"join"}'),
            (4, 'm.room.name', '', '{"name":"Room ' || left(md5(r.room_id), 10) || '"}')) e (nth, type, state_key, content)
          """,
          """
          insert into homeserver.membership (room_id, user_id, membership, event_id)
          select room_id, state_key, 'join', event_id from homeserver.event where type = 'm.room.member'
          """,
          """
          insert into homeserver.current_state (room_id, type, state_key, event_id)
          select room_id, type, state_key, event_id from homeserver.event
          """);

  private Directory() {}

  public static long users(Scale scale) {
    return scale.roomEvents();
  }

  public static long rooms(Scale scale) {
    return scale.roomEvents() / 10;
  }

  private static void generate(Connection connection, Scale scale) throws SQLException {
    Queries.run(connection, "set synchronous_commit = off");
    Dataset.nameServer(connection);
    for (String statement : STATEMENTS) {
      if (statement.contains("?")) {
        Queries.change(
            connection,
            statement,
            statement.contains("homeserver.room ") ? rooms(scale) : users(scale));
      } else {
        Queries.run(connection, statement);
      }
    }
    Queries.run(connection, "vacuum analyze");
  }
}
