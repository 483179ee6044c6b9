package dev.bailiff.homeserver.synapse.purge;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import dev.bailiff.homeserver.synapse.database.SynapseDatabaseConfig;
import dev.bailiff.testing.server.PostgresExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** A database with the schema of a real Synapse 1.163.2, and rooms of generated rows in it. */
public final class SynapseTables {
  /** The version whose schema this is. */
  public static final String VERSION = "1.163.2";

  static final String ROLE = "bailiff_purge";

  private static final String DUMP = "synapse-" + VERSION + ".sql.gz";

  /** Rows that Synapse's purge of a room deletes by event; from its purge_events.py. */
  private static final List<String> SYNAPSE_BY_EVENT =
      List.of(
          "event_auth",
          "event_edges",
          "event_json",
          "event_push_actions_staging",
          "event_relations",
          "event_to_state_groups",
          "event_auth_chains",
          "event_auth_chain_to_calculate",
          "redactions",
          "rejections",
          "state_events");

  /** Rows that Synapse's purge of a room deletes by room; from its purge_events.py. */
  private static final List<String> SYNAPSE_BY_ROOM =
      List.of(
          "current_state_events",
          "event_backward_extremities",
          "event_forward_extremities",
          "event_push_actions",
          "event_search",
          "local_current_membership",
          "room_memberships",
          "sliding_sync_joined_rooms",
          "sliding_sync_membership_snapshots",
          "events",
          "receipts_linearized",
          "room_depth",
          "stream_ordering_to_exterm",
          "rooms");

  private static final List<String> ROOM =
      List.of(
          """
          insert into rooms (room_id, is_public, creator, room_version)
          values (:room, false, '@owner:chat.example', '10')""",
          // Every fifth position belongs to a room; every tenth event came by backfill.
          """
          insert into events (topological_ordering, event_id, type, room_id, processed, outlier,
                              depth, origin_server_ts, received_ts, sender, contains_url,
                              instance_name, stream_ordering, state_key)
          select n, :prefix || n, 'm.room.message', :room, true, false,
                 n, n, n, '@owner:chat.example', false, 'master',
                 case when n % 10 = 0 then -n * 5 else n * 5 end + :offset, null
          from generate_series(1, :events) n""",
          """
          insert into events (topological_ordering, event_id, type, room_id, processed, outlier,
                              depth, origin_server_ts, received_ts, sender, contains_url,
                              instance_name, stream_ordering, state_key)
          select n, :prefix || 'state' || n, 'm.room.member', :room, true, false,
                 n, n, n, '@user' || n || ':chat.example', false, 'master',
                 (:events + n) * 5 + :offset, '@user' || n || ':chat.example'
          from generate_series(1, 50) n""",
          """
          insert into state_events (event_id, room_id, type, state_key)
          select event_id, room_id, type, state_key
          from events where room_id = :room and state_key is not null""",
          """
          insert into current_state_events (event_id, room_id, type, state_key, membership,
                                            event_stream_ordering)
          select event_id, room_id, type, state_key, 'leave', stream_ordering
          from events where room_id = :room and state_key is not null""",
          """
          insert into room_memberships (event_id, user_id, sender, room_id, membership,
                                        event_stream_ordering)
          select event_id, sender, sender, room_id, 'leave', stream_ordering
          from events where room_id = :room and state_key is not null""",
          """
          insert into local_current_membership (room_id, user_id, event_id, membership,
                                                event_stream_ordering)
          select room_id, sender, event_id, 'leave', stream_ordering
          from events where room_id = :room and state_key is not null""",
          """
          insert into event_json (event_id, room_id, internal_metadata, json, format_version)
          select event_id, room_id, '{}', '{}', 3 from events where room_id = :room""",
          """
          insert into event_to_state_groups (event_id, state_group)
          select event_id, 1 from events where room_id = :room""",
          """
          insert into event_relations (event_id, relates_to_id, relation_type)
          select event_id, :prefix || 1, 'm.thread'
          from events where room_id = :room and depth % 2 = 0""",
          """
          insert into redactions (event_id, redacts, have_censored, received_ts)
          select event_id, :prefix || 2, true, 1
          from events where room_id = :room and depth % 7 = 0""",
          """
          insert into rejections (event_id, reason, last_check)
          select event_id, 'x', 'x' from events where room_id = :room and depth % 11 = 0""",
          """
          insert into event_search (event_id, room_id, sender, key, vector)
          select event_id, room_id, sender, 'content.body', to_tsvector('english', 'hello world')
          from events where room_id = :room""",
          """
          insert into event_auth (event_id, auth_id, room_id)
          select event_id, :prefix || 'state' || n, room_id
          from events, generate_series(1, 2) n where room_id = :room""",
          """
          insert into event_auth_chains (event_id, chain_id, sequence_number)
          select event_id, stream_ordering, 1
          from events where room_id = :room and (state_key is not null or depth % 100 = 0)""",
          """
          insert into event_auth_chain_to_calculate (event_id, room_id, type, state_key)
          select event_id, room_id, type, '' from events where room_id = :room and depth % 50 = 0""",
          """
          insert into event_push_actions_staging (event_id, user_id, actions, notif, highlight,
                                                  thread_id)
          select event_id, sender, '[]', 1, 0, 'main'
          from events where room_id = :room and depth % 50 = 0""",
          """
          insert into event_push_actions (room_id, event_id, user_id, actions, stream_ordering,
                                          topological_ordering, notif, highlight, thread_id)
          select room_id, event_id, '@user' || n || ':chat.example', '[]', stream_ordering, depth,
                 1, 0, 'main'
          from events, generate_series(1, 3) n where room_id = :room""",
          """
          insert into event_expiry (event_id, expiry_ts)
          select event_id, 1 from events where room_id = :room and depth % 5 = 0""",
          """
          insert into event_edges (event_id, prev_event_id, is_state)
          select event_id, :prefix || (depth - 1), false from events where room_id = :room""",
          """
          insert into users (name, creation_ts, admin, approved)
          values ('@owner:chat.example', 1, 0, true) on conflict do nothing""",
          """
          insert into devices (user_id, device_id, hidden) values ('@owner:chat.example', 'D', false)
          on conflict do nothing""",
          """
          insert into event_txn_id_device_id (event_id, room_id, user_id, device_id, txn_id,
                                              inserted_ts)
          select event_id, room_id, '@owner:chat.example', 'D', event_id, 1
          from events where room_id = :room and state_key is null""",
          """
          insert into thread_subscriptions (stream_id, instance_name, room_id, event_id, user_id,
                                            subscribed, automatic)
          select stream_ordering, 'master', room_id, event_id, '@owner:chat.example', true, true
          from events where room_id = :room and depth % 1000 = 1 and state_key is null""",
          """
          insert into threads (room_id, thread_id, latest_event_id, topological_ordering,
                               stream_ordering)
          values (:room, :prefix || 1, :prefix || 2, 2, 2)""",
          "insert into timeline_gaps (room_id, instance_name, stream_ordering) values (:room, 'm', 1)",
          """
          insert into room_retention (room_id, event_id, max_lifetime)
          values (:room, :prefix || 'state1', 1)""",
          """
          insert into room_ban_redactions (room_id, user_id, redacting_event_id)
          values (:room, '@user1:chat.example', :prefix || 7)""",
          """
          insert into event_forward_extremities (event_id, room_id)
          values (:prefix || (:events - 1), :room)""",
          """
          insert into sliding_sync_joined_rooms (room_id, event_stream_ordering)
          select :room, stream_ordering from events where event_id = :prefix || (:events - 2)""",
          "insert into blocked_rooms (room_id, user_id) values (:room, '@bailiff:chat.example')");

  private final PostgresExtension postgres;
  private final Jdbi jdbi;

  private SynapseTables(PostgresExtension postgres) {
    this.postgres = postgres;
    this.jdbi = Jdbi.create(postgres.dataSource());
  }

  /** Loads the schema into an empty database, and makes the role with its rights. */
  public static SynapseTables in(PostgresExtension postgres) {
    var tables = new SynapseTables(postgres);
    tables.load();
    return tables;
  }

  private void load() {
    // A connection of its own: the dump changes settings of its session.
    try (var connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        var statement = connection.createStatement();
        var dump = new GZIPInputStream(SynapseTables.class.getResourceAsStream(DUMP))) {
      statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute(
        """
        insert into federation_stream_position (type, stream_id) values ('events', 0);
        insert into user_directory_stream_pos (stream_id) values (0);
        insert into stats_incremental_position (stream_id) values (0);
        insert into appservice_stream_position (stream_ordering) values (0)""");
    execute(SynapseGrants.of(ROLE));
    execute("alter role " + ROLE + " password 'secret of the purge'");
  }

  /** Statements of an administrator. */
  public void execute(String sql) {
    try (var connection = postgres.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a room with events, 50 of them state, with rows in every table that depends on events.
   * The room is blocked, and the streams have passed it.
   *
   * @param prefix of the ids of the events
   * @param offset 0 to 4, different for each room
   */
  public void room(String room, String prefix, int events, int offset) {
    jdbi.useTransaction(
        handle -> {
          handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
          // Without the checks of each row the rows are made in a fifth of the time.
          handle.execute("set local session_replication_role = replica");
          for (var sql : ROOM) {
            handle
                .createUpdate(sql)
                .bind("room", room)
                .bind("prefix", prefix)
                .bind("events", events)
                .bind("offset", offset)
                .execute();
          }
        });
    passStreams();
    execute("analyze");
  }

  /** Lets all streams pass all events. */
  public void passStreams() {
    execute(
        """
        update federation_stream_position
        set stream_id = (select max(stream_ordering) from events) where type = 'events';
        update user_directory_stream_pos set stream_id = (select max(stream_ordering) from events);
        update stats_incremental_position set stream_id = (select max(stream_ordering) from events)""");
  }

  /** The last step of a room's purge, as Synapse does it. */
  public void purgeAsSynapse(String room) {
    jdbi.useTransaction(
        handle -> {
          for (var table : SYNAPSE_BY_EVENT) {
            handle.execute(
                "delete from "
                    + table
                    + " where event_id in (select event_id from events where room_id = ?)",
                room);
          }
          for (var table : SYNAPSE_BY_ROOM) {
            handle.execute("delete from " + table + " where room_id = ?", room);
          }
        });
  }

  /**
   * Rows of any table that refer to an event of a room that is gone, as table and number. Tables in
   * which Synapse's last step finds rows by room do not count.
   */
  List<String> orphans(String prefix) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.relname
                    from pg_class c join pg_attribute a on a.attrelid = c.oid
                    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                      and a.attname = 'event_id' and not a.attisdropped
                    order by 1""")
                .mapTo(String.class)
                .list()
                .stream()
                .filter(table -> !SYNAPSE_BY_ROOM.contains(table))
                .map(
                    table ->
                        counted(
                            table,
                            handle
                                .createQuery(
                                    """
                                    select count(*) from <table> t
                                    where t.event_id like :prefix || '%'
                                      and not exists (
                                        select from events e where e.event_id = t.event_id)""")
                                .define("table", table)
                                .bind("prefix", prefix)
                                .mapTo(Long.class)
                                .one()))
                .filter(text -> !text.endsWith(" 0"))
                .toList());
  }

  /** Rows of any table that name a room or an event of it, as table and number. */
  public List<String> rows(String room, String prefix) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select c.relname || ' ' || a.attname
                    from pg_class c join pg_attribute a on a.attrelid = c.oid
                    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
                      and a.attname in ('room_id', 'event_id') and not a.attisdropped
                      and c.relname != 'blocked_rooms'
                    order by 1""")
                .mapTo(String.class)
                .list()
                .stream()
                .map(
                    column ->
                        counted(
                            column,
                            handle
                                .createQuery(
                                    "select count(*) from <table> where <column> like :pattern")
                                .define("table", column.split(" ")[0])
                                .define("column", column.split(" ")[1])
                                .bind("pattern", column.endsWith("room_id") ? room : prefix + "%")
                                .mapTo(Long.class)
                                .one()))
                .filter(text -> !text.endsWith(" 0"))
                .toList());
  }

  /** Number of rows that a query counts. */
  public long count(String query) {
    return jdbi.withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private static String counted(String table, long rows) {
    return table + " " + rows;
  }

  /** The configuration of a purge by the role with just its rights. */
  public SynapseDatabaseConfig config(int fromEvents, int connections) {
    return SynapseDatabaseConfig.of(
        postgres.jdbcUrl(),
        ROLE,
        passwordFile(),
        SynapseDatabaseConfig.Purge.of(fromEvents, connections));
  }

  private static Path passwordFile() {
    try {
      var file = Files.createTempFile("purge", ".password");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "secret of the purge\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Purges by the role with just its rights. */
  public SqlPurge open(int fromEvents) {
    return SqlPurge.open(config(fromEvents, 1), () -> VERSION);
  }
}
