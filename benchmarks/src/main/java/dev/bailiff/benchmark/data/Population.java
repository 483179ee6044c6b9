package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Users of a homeserver. Each user is joined to five rooms of about 500 members and has the data of
 * an account after a year: a device with its keys and token, a pusher, account data, push rules, an
 * address. Each row acts on some groups; the other groups are in the store as well.
 */
public final class Population {
  public static final Dataset DATASET = new Dataset("population", Population::generate);

  /** The number of rooms of each user. */
  public static final int ROOMS = 5;

  /** The number of users in one room, before any user leaves. */
  private static final int ROOM_USERS = 500;

  /** Disjoint sets of users. */
  public enum Group {
    MASS,
    SINGLE,
    PROBE,
    CROWD,
    WARM_UP;

    private String prefix() {
      return "@" + name().toLowerCase(Locale.ROOT) + "-";
    }
  }

  private static final String PEOPLE =
      """
      create temp table person as
      select row_number() over (order by g.place, k) - 1 as n, g.prefix || k || ':bench.example' as user_id
      from unnest(?::text[], ?::bigint[]) with ordinality as g (prefix, size, place)
      cross join lateral generate_series(1, g.size) as k
      """;

  /** The keeper stays in each room, so that no room is ever empty. */
  private static final String EVENTS =
      """
      with present as (
        select r as room_n, 0 as nth, '@keeper:bench.example' as user_id, 'm.room.create' as type, '' as state_key
        from generate_series(0, %1$d - 1) as r
        union all
        select r, 1, '@keeper:bench.example', 'm.room.member', '@keeper:bench.example'
        from generate_series(0, %1$d - 1) as r
        union all
        select (p.n * 31 + i * (%1$d / 5)) %% %1$d, 2 + p.n, p.user_id, 'm.room.member', p.user_id
        from person p, generate_series(0, 4) as i)
      insert into homeserver.event
        (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, state_key, content, extra)
      select row_number() over (order by nth, room_n),
             row_number() over (partition by room_n order by nth),
             1750000000000 + nth * 400,
             '!hall-' || room_n || ':bench.example',
             pg_temp.event_id(nth * %1$d + room_n),
             type, user_id, state_key,
             (case type when 'm.room.create' then '{"room_version":"12"}'
              else '{"membership":"join","displayname":"' || user_id || '","avatar_url":"mxc://bench.example/'
                   || substr(pg_temp.hash(user_id), 1, 24) || '"}' end)::json,
             ('{"auth_events":["' || pg_temp.event_id(room_n) || '"],"prev_events":["' || pg_temp.event_id(room_n + nth)
               || '"],"hashes":{"sha256":"' || pg_temp.hash(user_id) || '"},"unsigned":{"age_ts":1750000000000}}')::json
      from present
      order by nth, room_n
      """;

  private static final List<String> REST =
      List.of(
          """
          insert into homeserver.room (room_id, room_version, creator, public)
          select room_id, '12', '@keeper:bench.example', true
          from homeserver.event where type = 'm.room.create'
          """,
          """
          insert into homeserver.membership (room_id, user_id, membership, event_id, forgotten)
          select room_id, state_key, 'join', event_id, false
          from homeserver.event where type = 'm.room.member'
          """,
          """
          insert into homeserver.current_state (room_id, type, state_key, event_id)
          select room_id, type, state_key, event_id from homeserver.event
          """,
          """
          insert into homeserver.account (user_id, password_hash, created_at, admin, displayname, avatar_url)
          select user_id, '$2b$12$' || left(pg_temp.hash(user_id), 53), 1740000000000, false, user_id,
                 'mxc://bench.example/' || substr(pg_temp.hash(user_id), 1, 24)
          from (select user_id from person union all select '@keeper:bench.example') people
          """,
          """
          insert into homeserver.account (user_id, created_at, admin) values ('@admin:bench.example', 1740000000000, true)
          """,
          """
          insert into homeserver.threepid (medium, address, user_id, added_at, validated_at)
          select 'email', 'u' || n || '@mail.example', user_id, 1740000000000, 1740000000000 from person
          """,
          """
          insert into homeserver.device (user_id, device_id, display_name, last_seen_ip, last_seen_at)
          select user_id, 'PHONE', 'Phone', '192.0.2.1', 1750000000000 from person
          """,
          """
          insert into homeserver.access_token (token_sha256, user_id, device_id)
          select sha256(user_id::bytea), user_id, 'PHONE' from person
          """,
          """
          insert into homeserver.pusher
            (user_id, app_id, pushkey, kind, app_display_name, device_display_name, profile_tag, device_id, enabled)
          select user_id, 'example.app', 'key-' || n, 'http', 'App', 'Phone', '', 'PHONE', true from person
          """,
          """
          insert into homeserver.account_data (user_id, room_id, type, content)
          select user_id, null, t, '{"value":1}' from person, unnest(array['m.direct', 'm.ignored_user_list']) as t
          """,
          """
          insert into homeserver.push_rules (user_id, rules) select user_id, '{"global":{}}' from person
          """,
          """
          insert into homeserver.e2e_key (user_id, device_id, kind, key_sha256, key)
          select user_id, 'PHONE', k.kind, sha256((k.kind || k.nth)::bytea),
                 json_build_object('key', pg_temp.hash(user_id || k.kind || k.nth))
          from person, (values ('device', 1), ('one-time', 1), ('one-time', 2)) as k (kind, nth)
          """,
          """
          select setval('homeserver.event_stream_ordering', max(stream_ordering)) from homeserver.event
          """);

  private Population() {}

  /** The number of users in a group. */
  public static int size(Group group, Scale scale) {
    return switch (group) {
      case MASS -> scale.users();
      case SINGLE -> scale.singles();
      case PROBE -> 3 * scale.probes();
      case CROWD -> scale.crowd();
      case WARM_UP -> scale.warmUpUsers();
    };
  }

  /** The users of a group. */
  public static List<String> users(Group group, Scale scale) {
    return IntStream.rangeClosed(1, size(group, scale))
        .mapToObj(k -> group.prefix() + k + ":" + Community.SERVER)
        .toList();
  }

  private static void generate(Connection connection, Scale scale) throws SQLException {
    long people = 0;
    for (Group group : Group.values()) {
      people += size(group, scale);
    }
    Queries.run(connection, "set synchronous_commit = off");
    Queries.run(connection, Community.FUNCTIONS);
    var groups = List.of(Group.values());
    Queries.change(
        connection,
        PEOPLE,
        connection.createArrayOf("text", groups.stream().map(Group::prefix).toArray()),
        connection.createArrayOf(
            "bigint", groups.stream().map(group -> (long) size(group, scale)).toArray()));
    Queries.run(connection, EVENTS.formatted(Math.max(20, people * ROOMS / ROOM_USERS)));
    Dataset.nameServer(connection);
    for (String statement : REST) {
      Queries.run(connection, statement);
    }
    Queries.run(connection, "vacuum analyze");
  }
}
