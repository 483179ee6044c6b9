package dev.bailiff.benchmark.live;

import dev.bailiff.benchmark.data.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Copies of one real message, made by SQL, because to send a million messages would take hours. A
 * copy has rows in the tables in which Synapse has rows of a message that was read by everybody.
 *
 * <p>The copies have stream positions that Synapse gives to no other event. Synapse's federation
 * and application services would read them one by one, so their positions are moved past the
 * copies; as the room has local members only, there is nothing to read.
 */
final class ClonedEvents {
  private static final List<String> TABLES =
      List.of(
          "events",
          "event_json",
          "event_to_state_groups",
          "event_edges",
          "event_auth",
          "event_search");

  private static final String COLUMNS =
      """
      select string_agg(column_name, ',' order by ordinal_position)
      from information_schema.columns
      where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'
      """;

  private static final String ID =
      "'$' || translate(rtrim(encode(sha256(('%s' || (%s))::bytea), 'base64'), '='), '+/', '-_')";

  private final Connection connection;
  private final Source source;
  private final int count;

  /**
   * The message, and where its copies stand.
   *
   * @param event its id
   * @param from time of the first copy, ms since the epoch; no earlier than the message
   * @param span milliseconds from the first copy to the last one
   */
  record Source(String event, long from, long span) {}

  private ClonedEvents(Connection connection, Source source, int count) {
    this.connection = connection;
    this.source = source;
    this.count = count;
  }

  /**
   * Makes the copies: a chain behind the message, each one deeper than the last one. The message
   * itself moves to the end of the chain, so that the next event of the room comes behind all of
   * them.
   */
  static void make(Connection connection, Source source, int count) throws SQLException {
    boolean commitsEach = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try {
      new ClonedEvents(connection, source, count).make();
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(commitsEach);
    }
  }

  private void make() throws SQLException {
    // Without the checks of each row the rows are made in a fifth of the time.
    Queries.run(connection, "set local session_replication_role = replica");
    long before = Queries.number(connection, "select nextval('events_stream_seq')");
    Queries.number(connection, "select setval('events_stream_seq', ?)", before + count);
    for (String table : TABLES) {
      copy(table, before);
    }
    Queries.change(
        connection,
        "update events set depth = depth + ?, topological_ordering = topological_ordering + ?"
            + " where event_id = ?",
        count + 1,
        count + 1,
        source.event());
    Queries.change(
        connection,
        "update federation_stream_position set stream_id = ? where type = 'events'",
        before + count);
    Queries.change(
        connection, "update appservice_stream_position set stream_ordering = ?", before + count);
  }

  private void copy(String table, long before) throws SQLException {
    var values = values(before);
    List<String> names = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    for (String column : Queries.text(connection, COLUMNS, table).split(",")) {
      names.add('"' + column + '"');
      expressions.add(values.getOrDefault(column, "t.\"" + column + '"'));
    }
    Queries.change(
        connection,
        "insert into %s (%s) select %s from %s t, generate_series(1, ?) n where t.event_id = ?"
            .formatted(table, String.join(", ", names), String.join(", ", expressions), table),
        count,
        source.event());
  }

  /** The columns in which copy {@code n} is different from the message. */
  private Map<String, String> values(long before) {
    var time = source.from() + " + n * " + source.span() + "::bigint / " + count;
    return Map.of(
        "event_id",
        id("n"),
        "prev_event_id",
        "case n when 1 then t.event_id else " + id("n - 1") + " end",
        "stream_ordering",
        before + " + n",
        "topological_ordering",
        "t.topological_ordering + n",
        "depth",
        "t.depth + n",
        "origin_server_ts",
        time,
        "received_ts",
        time);
  }

  /** An id in the form of Synapse's, which are spread evenly over the indexes. */
  private String id(String number) {
    return ID.formatted(source.event().replace("'", ""), number);
  }
}
