package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Directory;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Lists, a search and single users over HTTP, on the homeserver of {@link Directory}. The baseline
 * reads the same from the store by hand, with prepared statements, and reads every row.
 */
public final class DirectoryReads implements Row {
  private static final int CLIENTS = 8;

  /** Orders that have an index: by name, by display name and by time of creation. */
  private static final List<String> INDEXED = List.of("name", "displayname", "creation_ts");

  private static final List<String> READ_WHOLE =
      List.of(
          "is_guest",
          "admin",
          "user_type",
          "deactivated",
          "shadow_banned",
          "locked",
          "avatar_url",
          "last_seen_ts");

  private static final String SEEN =
      """
      coalesce((select max(d.last_seen_at) from homeserver.device d where d.user_id = a.user_id),
               (select max(c.last_seen_at) from homeserver.connection c where c.user_id = a.user_id),
               a.last_seen_at)
      """;

  private static final String USERS =
      """
      select a.user_id, a.is_guest, a.admin, a.user_type, a.deactivated, a.erased, a.shadow_banned, a.locked,
             a.displayname, a.avatar_url, a.created_at, %2$s
      from (select a.* from homeserver.account a where not a.deactivated and not a.locked
            order by %1$s, a.user_id limit 100 offset ?) a
      order by %1$s, a.user_id
      """;

  private static final String USER_TOTAL =
      "select sum(accounts) from homeserver.account_count where not deactivated and not locked";

  private static final String SEARCH =
      """
      with found as materialized (
        select a.* from homeserver.account a where not a.deactivated and not a.locked and %1$s)
      select a.user_id, a.displayname, %2$s from (select * from found order by user_id limit 100) a order by a.user_id
      """;

  /** The same expressions as in the indexes, which hold no long texts. */
  private static final String LONG_TEXT =
      "left(%1$s, 255), case when char_length(%1$s) > 255 then null else %2$s end, %1$s";

  private static final String FOUND =
      """
      (lower(a.user_id collate pg_c_utf8) like ? or lower(a.displayname collate pg_c_utf8) like ?)
      """;

  private static final String ROOMS =
      """
      select * from (
        select s.room_id, row_number() over () as place from (
          select s.room_id from homeserver.room_summary s %s order by %s limit 100 offset ?) s) p
      join homeserver.room_summary s on s.room_id = p.room_id
      join homeserver.room r on r.room_id = p.room_id
      order by p.place
      """;

  private static final String ROOM_TOTAL = "select count(*) from homeserver.room";

  @Override
  public String name() {
    return "lists";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Directory.DATASET);
    try (LocalGateway gateway = LocalGateway.start(servers.round(), servers.kafka(name()))) {
      try (HttpConnection connection = gateway.connect()) {
        // The first list computes the summaries of all rooms.
        connection.get("/_synapse/admin/v1/rooms?limit=1").require(200);
      }
      try (Connection connection = servers.connectToRound()) {
        Queries.run(connection, "vacuum analyze");
      }
      List<Measurement> measurements = new ArrayList<>();
      for (StoreReading reading : readings(bench.scale())) {
        measurements.add(reading.measure(bench, gateway));
      }
      return measurements;
    } finally {
      servers.dropRound();
    }
  }

  private static List<StoreReading> readings(Scale scale) {
    int calls = Math.max(50, scale.calls() / 10);
    List<StoreReading> readings = new ArrayList<>();
    for (String order : INDEXED) {
      readings.add(users(scale, order, calls, Bound.tailAtMost(1.5).andP99(0.05)));
    }
    for (String order : READ_WHOLE) {
      // Ordering by a user's last sight reads every device, which takes seconds among a million
      // users.
      int few = order.equals("last_seen_ts") ? Math.max(8, calls / 60) : Math.max(20, calls / 20);
      readings.add(users(scale, order, few, Bound.tailAtMost(1.5)));
    }
    readings.add(search(scale, calls));
    readings.add(user(scale, 10 * calls));
    String name = LONG_TEXT.formatted("s.name", "s.room_id") + ", s.room_id";
    readings.add(rooms(scale, "name", "", name, calls));
    String members = "s.joined_members desc, s.room_id desc";
    readings.add(rooms(scale, "joined_members", "", members, calls));
    String rooms = "join homeserver.room r on r.room_id = s.room_id";
    readings.add(rooms(scale, "version", rooms, "r.room_version desc, s.room_id desc", calls / 10));
    return readings;
  }

  /** The offset of one of the first hundred pages. */
  private static Object begin(int n) {
    return 100 * (n % 100);
  }

  private static StoreReading users(Scale scale, String order, int calls, Bound bound) {
    String column =
        switch (order) {
          case "name" -> "a.user_id";
          case "creation_ts" -> "a.created_at";
          case "last_seen_ts" -> SEEN;
          case "displayname" -> LONG_TEXT.formatted("a.displayname", "a.user_id");
          default -> "a." + order;
        };
    return new StoreReading(
        "users-" + order,
        String.format(Locale.ROOT, "a page of %,d users by %s", Directory.users(scale), order),
        1,
        calls,
        n -> "/_synapse/admin/v2/users?limit=100&order_by=%s&from=%s".formatted(order, begin(n)),
        List.of(
            new StoreReading.Statement(USER_TOTAL, n -> List.of()),
            new StoreReading.Statement(USERS.formatted(column, SEEN), n -> List.of(begin(n)))),
        bound);
  }

  private static StoreReading search(Scale scale, int calls) {
    StoreReading.Arguments part = n -> List.of("%" + part(n) + "%", "%" + part(n) + "%");
    return new StoreReading(
        "users-search",
        String.format(
            Locale.ROOT,
            "search %,d users for four characters of their names",
            Directory.users(scale)),
        1,
        calls,
        n -> "/_synapse/admin/v2/users?name=" + part(n),
        List.of(
            new StoreReading.Statement(
                "select count(*) from homeserver.account a where not a.deactivated and not a.locked and "
                    + FOUND,
                part),
            new StoreReading.Statement(SEARCH.formatted(FOUND, SEEN), part)),
        Bound.done().andP99(0.1));
  }

  private static String part(int n) {
    return String.format(Locale.ROOT, "%04x", n * 7919 % 65_536);
  }

  private static StoreReading user(Scale scale, int calls) {
    StoreReading.Arguments user = n -> List.of(n % Directory.users(scale) + 1);
    String which = "(select '@' || left(md5('user' || ?::bigint), 12) || ':bench.example')";
    return new StoreReading(
        "user",
        String.format(Locale.ROOT, "one of %,d users, %d clients", Directory.users(scale), CLIENTS),
        CLIENTS,
        calls,
        n ->
            "/_synapse/admin/v2/users/@"
                + md5("user" + (n % Directory.users(scale) + 1)).substring(0, 12)
                + ":bench.example",
        List.of(
            new StoreReading.Statement(
                "select a.*, " + SEEN + " from homeserver.account a where a.user_id = " + which,
                user),
            new StoreReading.Statement(
                "select * from homeserver.threepid where user_id = " + which, user),
            new StoreReading.Statement(
                "select * from homeserver.external_id where user_id = " + which, user)),
        Bound.done().andRate(3_000));
  }

  private static StoreReading rooms(
      Scale scale, String order, String join, String columns, int calls) {
    return new StoreReading(
        "rooms-" + order,
        String.format(Locale.ROOT, "a page of %,d rooms by %s", Directory.rooms(scale), order),
        1,
        calls,
        n -> "/_synapse/admin/v1/rooms?limit=100&order_by=%s&from=%s".formatted(order, begin(n)),
        List.of(
            new StoreReading.Statement(ROOM_TOTAL, n -> List.of()),
            new StoreReading.Statement(ROOMS.formatted(join, columns), n -> List.of(begin(n)))),
        Bound.done().andP99(0.05));
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
