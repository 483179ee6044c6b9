package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.TargetLines;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/** The rows of a job of many targets, by hand: one {@code COPY} and one statement. */
final class CopiedTargets {
  private static final List<String> AROUND =
      List.of(
          "insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total) values"
              + " (?, 0, 'plan', 1, 1, 1)",
          """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, range, total)
          values (?, 0, 0, 'ready', true, 1, clock_timestamp() + interval '5 seconds', '0-1', 1)
          """,
          "insert into jobs.transition (job_id, to_status) values (?, 'scheduled')");

  private static final String JOB =
      """
      insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, reason, target_count)
      values (?, 'deactivate-users', 'scheduled', '{"erase": true}', 'token:bench', '@bailiff:bench.example', 'spam', 1)
      """;

  private static final String TARGETS =
      """
      insert into jobs.target (job_id, target_n, target)
      select ?, row_number() over (order by target) - 1, target from (select distinct target from given) t
      """;

  private CopiedTargets() {}

  static void store(Connection connection, TargetLines lines) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(
          "create temporary table given (target text collate \"C\" not null) on commit drop");
    }
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy given from stdin");
    for (int n = 0; n < lines.targets(); n++) {
      byte[] row = (lines.target(n) + "\n").getBytes(StandardCharsets.US_ASCII);
      copy.writeToCopy(row, 0, row.length);
    }
    copy.endCopy();
    var job = UUID.randomUUID();
    execute(connection, JOB, job);
    execute(connection, TARGETS, job);
    for (var insert : AROUND) {
      execute(connection, insert, job);
    }
    connection.commit();
  }

  private static void execute(Connection connection, String sql, UUID job) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, job);
      statement.executeUpdate();
    }
  }
}
