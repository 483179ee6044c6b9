package dev.bailiff.benchmark.data;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A history of a million ended jobs, one a second, with a plan and a target each. One in ten
 * failed, half were asked for by one token, and one in a thousand has a reference.
 */
public final class JobHistory {
  public static final Dataset DATASET = new Dataset("history", JobHistory::generate);

  private static final String JOBS =
      """
      insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, stage_n,
                            reason, reference, accepted_at, finalized_at, error_text)
      select md5(n::text)::uuid,
             case when n % 10 = 0 then 'delete-rooms' when n % 10 < 5 then 'redact-events' else 'deactivate-users' end,
             case when n % 10 = 3 then 'failed' else 'completed' end, '{"rooms": []}',
             case when n % 2 = 0 then 'token:bot' else '@moderator-' || n % 1000 || ':bench.example' end,
             '@admin:bench.example', 1, 1, 'spam wave of week ' || n / 10000,
             case when n % 1000 = 1 then 'MOD-' || n end,
             timestamptz '2026-11-01' - n * interval '1 second', timestamptz '2026-11-01' - n * interval '1 second',
             case when n % 10 = 3 then 'no' end
      from generate_series(1::bigint, ?) as n
      """;

  private static final String STAGES =
      """
      insert into jobs.stage (job_id, stage_n, name, segments, total, done, opened_at, closed_at)
      select job_id, n, case n when 0 then 'plan' else 'verify' end, 1, 1, 1, accepted_at, accepted_at
      from jobs.job, generate_series(0, 1) as n
      """;

  private static final String TARGETS =
      """
      insert into jobs.target (job_id, target_n, target, verdict)
      select md5(n::text)::uuid, 0, '@user-' || n % 50000 || ':bench.example', 'gone'
      from generate_series(1::bigint, ?) as n
      """;

  private JobHistory() {}

  public static long jobs(Scale scale) {
    return scale.roomEvents();
  }

  private static void generate(Connection connection, Scale scale) throws SQLException {
    Queries.run(connection, "set synchronous_commit = off");
    Dataset.nameServer(connection);
    Queries.change(connection, JOBS, jobs(scale));
    Queries.run(connection, STAGES);
    Queries.change(connection, TARGETS, jobs(scale));
    Queries.run(connection, "vacuum analyze");
  }
}
