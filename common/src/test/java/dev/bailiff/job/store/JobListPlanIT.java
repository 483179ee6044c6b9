package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.QueryPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lists of a million jobs: whatever conditions a filter has, a page reads no table from end to end,
 * and never more jobs than it may look at.
 */
class JobListPlanIT {
  private static final int PAGE = 100;

  /** The jobs that a page may look at, each read by an index, and what belongs to those shown. */
  private static final long BOUND = 3L * JobListReader.LOOKED_AT;

  private static final JobKind KIND = new JobKind("delete-rooms");

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Connection connection;
  private static Jdbi jdbi;
  private static JobListReader lists;

  @BeforeAll
  static void fill() throws SQLException {
    connection = postgres.dataSource().getConnection();
    jdbi = Jdbi.create(connection).installPlugin(new PostgresPlugin());
    lists = new JobListReader(jdbi);
    jdbi.useTransaction(
        handle -> {
          handle.execute("set local session_replication_role = replica");
          // Indexes are made faster from rows that are there.
          var indexes =
              handle
                  .createQuery(
                      """
                      select indexdef from pg_indexes
                       where schemaname = 'jobs' and tablename = 'job' and indexname <> 'job_pkey'
                      """)
                  .mapTo(String.class)
                  .list();
          handle
              .createQuery(
                  """
                  select 'drop index jobs.' || indexname from pg_indexes
                   where schemaname = 'jobs' and tablename = 'job' and indexname <> 'job_pkey'
                  """)
              .mapTo(String.class)
              .list()
              .forEach(handle::execute);
          // 20 jobs are open. Of the others one in ten is of the kind that no job failed of; the
          // jobs
          // of the bot, half of all, are the older ones.
          handle.execute(
              """
              insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, stage_n,
                                    reason, reference, accepted_at, finalized_at, error_text, retry_of, plan_job_id)
              select md5(n::text)::uuid,
                     case when n % 10 = 0 then 'delete-rooms' when n % 10 < 5 then 'redact-events' else 'deactivate-users' end,
                     case when n <= 20 then 'active' when n % 10 = 3 then 'failed' when n % 100 = 7 then 'cancelled'
                          else 'completed' end,
                     '{"rooms": []}', case when n > 500000 then 'token:bot' else '@r' || n % 1000 || ':x' end, '@admin:x', 1, 1,
                     'spam wave of week ' || n / 10000, case when n % 10000 = 1 then 'MOD-' || n end,
                     timestamptz '2026-11-01' - n * interval '1 second',
                     case when n > 20 then timestamptz '2026-11-01' - n * interval '1 second' end,
                     case when n % 10 = 3 then 'no' end,
                     case when n % 1000 = 5 then md5((n + 1)::text)::uuid end,
                     case when n % 1000 = 6 then md5((n + 1)::text)::uuid end
                from generate_series(1, 1000000) as n
              """);
          handle.execute(
              """
              insert into jobs.target (job_id, target_n, target)
              select md5(n::text)::uuid, 0, '@t' || n % 50000 || ':x' from generate_series(1, 200000) as n
              """);
          // One job has many targets, of which few are left over.
          handle.execute(
              """
              insert into jobs.target (job_id, target_n, target, verdict)
              select md5('1000000')::uuid, n, '@many' || n || ':x', case when n % 5000 = 0 then 'left-over' else 'gone' end
                from generate_series(1, 100000) as n
              """);
          indexes.forEach(handle::execute);
        });
    jdbi.useHandle(handle -> handle.execute("vacuum analyze jobs.job, jobs.target"));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  /** All combinations of status, kind, requester, text, target and time. */
  static Stream<JobFilter> combinations() {
    return IntStream.range(0, 1 << 6)
        .boxed()
        .flatMap(
            parts ->
                Stream.of(JobStatus.FAILED, JobStatus.ACTIVE, JobStatus.COMPLETED)
                    .limit(has(parts, 0) ? 3 : 1)
                    .flatMap(
                        status ->
                            Stream.of("@r77:x", "token:bot")
                                .limit(has(parts, 2) ? 2 : 1)
                                .map(requester -> filter(parts, status, requester))));
  }

  private static JobFilter filter(int parts, JobStatus status, String requester) {
    return new JobFilter(
        has(parts, 0) ? status : null,
        has(parts, 1) ? KIND : null,
        has(parts, 4) ? "@t77:x" : null,
        has(parts, 2) ? requester : null,
        has(parts, 5) ? Instant.parse("2026-01-01T00:00:00Z") : null,
        has(parts, 5) ? Instant.parse("2026-10-31T00:00:00Z") : null,
        has(parts, 3) ? "mod-770001" : null,
        null,
        null);
  }

  /** Active jobs have an index of their own, of which all may be read. */
  private static boolean isSought(JobFilter filter) {
    return filter.status() != JobStatus.ACTIVE
        && Stream.of(filter.status(), filter.kind(), filter.requester(), filter.target())
            .anyMatch(Objects::nonNull);
  }

  private static boolean has(int parts, int part) {
    return (parts >> part & 1) == 1;
  }

  @Test
  void noPageLooksAtMoreThanItMay() {
    combinations()
        .forEach(
            filter -> {
              assertReadsFew(filter, null);
              assertReadsFew(
                  filter,
                  new JobListReader.Position(
                      Instant.parse("2026-10-28T00:00:00Z"), new JobId(new UUID(0, 0))));
            });
    Stream.of(
            new JobFilter(null, null, null, null, null, null, null, job(6), null),
            new JobFilter(null, null, null, null, null, null, null, null, job(7)),
            new JobFilter(
                JobStatus.FAILED, KIND, "@t77:x", "token:bot", null, null, "x", job(6), null))
        .forEach(filter -> assertReadsFew(filter, null));
  }

  @ParameterizedTest
  @EnumSource
  void eachSoughtConditionIsOneOfAnIndex(QueryPlan.Mode mode) {
    jdbi.useHandle(
        handle ->
            combinations()
                .forEach(
                    filter -> {
                      var conditions = JobConditions.of(filter, null);
                      var plan =
                          QueryPlan.of(
                              handle,
                              mode,
                              JobListReader.sql(conditions),
                              arguments(conditions.values()));
                      if (isSought(filter)) {
                        assertThat(plan.fullReads("job")).as("%s%n%s", filter, plan).isEmpty();
                      }
                      assertThat(plan.toString()).as("%s", filter).doesNotContain("\"Seq Scan\"");
                    }));
  }

  @Test
  void targetsThatAreLeftOverAreReadByThemselves() {
    var parts = new JobPartReader(jdbi);
    var job = job(1_000_000);
    var before = reads();

    var leftOver = parts.targets(job, "left-over", 5_000, PAGE);

    assertThat(leftOver).hasSize(19);
    assertThat(reads().indexed() - before.indexed()).isLessThan(100);
    assertThat(reads().sequential()).isEqualTo(before.sequential());
    assertThat(parts.targets(job, "gone", -1, PAGE)).hasSize(PAGE);
    assertThat(parts.verdicts(job)).isEqualTo(Map.of("gone", 99_980L, "left-over", 20L));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void pagesThatAreNotFullGoOnToTheEnd(JobFilter filter, List<Integer> expected) {
    var found = new ArrayList<JobId>();
    JobListReader.Position next = null;
    do {
      var page = lists.page(filter, next, PAGE);
      page.jobs().forEach(job -> found.add(job.id()));
      next = page.next();
    } while (next != null);

    assertThat(found).containsExactlyElementsOf(expected.stream().map(JobListPlanIT::job).toList());
  }

  static Stream<Arguments> searches() {
    return Stream.of(
        Arguments.of(JobFilter.ALL.withText("mOd-150001"), List.of(150001)),
        Arguments.of(JobFilter.ALL.withText("nothing has this"), List.of()));
  }

  private static void assertReadsFew(JobFilter filter, JobListReader.@Nullable Position behind) {
    var before = reads();
    lists.page(filter, behind, PAGE);
    var after = reads();
    assertThat(after.sequential() - before.sequential()).as("%s", filter).isZero();
    assertThat(after.indexed() - before.indexed()).as("%s", filter).isLessThan(BOUND);
  }

  private static JobId job(int number) {
    return new JobId(
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select md5(:n::text)::uuid")
                    .bind("n", number)
                    .mapTo(UUID.class)
                    .one()));
  }

  private static Map<String, String> arguments(Map<String, Object> values) {
    var arguments = new HashMap<String, String>();
    values.forEach((name, value) -> arguments.put(name, "'" + value + "'"));
    arguments.put("look", Integer.toString(JobListReader.LOOKED_AT));
    arguments.put("limit", Integer.toString(PAGE));
    return arguments;
  }

  private record Reads(long sequential, long indexed) {}

  private static Reads reads() {
    return jdbi.withHandle(
        handle -> {
          handle.execute("select pg_stat_force_next_flush()");
          handle.execute("select pg_stat_clear_snapshot()");
          return handle
              .createQuery(
                  """
                  select sum(t.seq_tup_read)::bigint as sequential,
                         (select sum(i.idx_tup_read) from pg_stat_user_indexes i
                           where i.schemaname = 'jobs' and i.relname in ('job', 'target'))::bigint as indexed
                    from pg_stat_user_tables t
                   where t.schemaname = 'jobs' and t.relname in ('job', 'target')
                  """)
              .map((rs, ctx) -> new Reads(rs.getLong("sequential"), rs.getLong("indexed")))
              .one();
        });
  }
}
