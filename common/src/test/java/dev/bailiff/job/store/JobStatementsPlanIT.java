package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Lease;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.TaskFilter;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.kind.RedactEventsContract;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.schemas.kind.ShownMedia;
import dev.bailiff.testing.server.PostgresExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the statements of the job store on a million segments, and then reads PostgreSQL's
 * statistics: no statement read a whole table, or more index entries than its answer needs.
 */
class JobStatementsPlanIT {
  private static final long FEW = 20_000;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private static Connection connection;
  private static Jdbi jdbi;
  private static JobStore store;
  private static JobId active;

  @BeforeAll
  static void fill() throws SQLException {
    connection = postgres.dataSource().getConnection();
    jdbi = Jdbi.create(connection).installPlugin(new PostgresPlugin());
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    Database.jdbi(postgres.dataSource())
        .useTransaction(
            handle -> {
              // The rows are consistent. A million checks of the foreign key to the job would take
              // as long as all the rest, so they are switched off.
              handle.execute("set local session_replication_role = replica");
              handle.execute(
                  """
                  insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, stage_n,
                                        accepted_at, finalized_at)
                  select md5(n::text)::uuid, 'redact-events', case when n <= 20 then 'active' else 'completed' end, '{}',
                         '@r' || n % 1000 || ':x', '@admin:x', 1, 1, now() - n * interval '1 second',
                         case when n > 20 then now() - n * interval '1 second' end
                    from generate_series(1, 100000) as n
                  """);
              handle.execute(
                  "insert into jobs.target (job_id, target_n, target) select job_id, 0, '@t' || row_number() over () || ':x' from jobs.job");
              handle.execute(
                  """
                  insert into jobs.stage (job_id, stage_n, name, segments, open_segments)
                  select job_id, 1, 'redact', 10, case when status = 'active' then 10 else 0 end from jobs.job
                  """);
              // 20 jobs are at work, one of them with 100,000 segments, of which the window is in
              // flight; all others are history.
              handle.execute(
                  """
                  insert into jobs.segment (job_id, stage_n, segment_n, status, publish_at, lease_owner, lease_expires_at,
                                            range, finalized_at)
                  select md5((case when n <= 100000 then 1 else 1 + n % 100000 end)::text)::uuid, 1, n,
                         case when n <= 100000 then 'ready' when 1 + n % 100000 > 20 then 'done'
                              when n % 2 = 0 then 'leased' else 'ready' end,
                         case when n <= 32 then now() + interval '1 hour' when n <= 100000 then null
                              else now() + interval '1 hour' end,
                         case when n > 100000 and 1 + n % 100000 <= 20 and n % 2 = 0 then 'w' end,
                         case when n > 100000 and 1 + n % 100000 <= 20 and n % 2 = 0 then now() + interval '1 hour' end,
                         'r', case when n > 100000 and 1 + n % 100000 > 20 then now() end
                    from generate_series(1, 1000000) as n
                  """);
              // Two targets of the big job have two lists of 100,000 items each.
              handle.execute(
                  """
                  insert into jobs.target_item (job_id, target_n, list, item)
                  select md5('1')::uuid, t, l, '!' || n || ':x'
                    from generate_series(0, 1) as t, unnest(array['media', 'rooms']) as l,
                         generate_series(1, 100000) as n
                  """);
              // Replies of 100,000 entries, among them tasks of the homeserver.
              handle.execute(
                  """
                  insert into jobs.reply_item (job_id, target_n, list, item)
                  select md5('2')::uuid, 0, case when n % 1000 = 0 then 'synapse_tasks' else 'kicked_users' end, 'i' || n
                    from generate_series(1, 100000) as n
                  """);
              handle.execute("analyze");
            });
    active =
        new JobId(
            jdbi.withHandle(
                handle -> handle.createQuery("select md5('1')::uuid").mapTo(UUID.class).one()));
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  @Test
  void leasingReadsOneSegment() {
    assertReadsFew(
        () ->
            store
                .leases()
                .lease(
                    new SegmentCommand(1, active.value(), "redact-events", 1, 1, 0, null),
                    1,
                    "w",
                    List.of("redact")));
  }

  @Test
  void leasingAndFencingAGroupReadsItsSegments() {
    var commands =
        IntStream.rangeClosed(1, 10)
            .mapToObj(
                n ->
                    new Delivered(
                        new SegmentCommand(1, active.value(), "redact-events", 1, n, 0, null), 1))
            .toList();
    List<Lease> leases = new ArrayList<>();

    assertReadsFew(
        () ->
            store
                .groups()
                .lease(commands, "w", List.of("redact"))
                .forEach(segment -> leases.add(segment.lease())));
    assertReadsFew(() -> store.groups().commit(leases, group -> {}));
    assertThat(leases).hasSize(10);
  }

  @Test
  void republishingReadsWhatIsDue() {
    assertReadsFew(() -> store.upkeep().republish(500));
  }

  @Test
  void rescuingReadsTheLeased() {
    assertReadsFew(() -> store.upkeep().rescue(500));
  }

  @Test
  void lookingForWhatWaitsTooLongReadsWhatIsInAWindow() {
    assertReadsFew(() -> store.upkeep().makeFarDue(500));
  }

  @Test
  void takingOverReadsWhatIsLeasedOfTheJob() {
    var heir = new Holder("w", new Delivery(new SegmentKey(active, 1, 1), 0, 2));
    assertReadsFew(() -> store.takeover().takeOver(heir, List.of("redact")));
    assertReadsFew(() -> store.takeover().isHeldBefore(heir.through(), List.of("redact")));
    assertReadsFew(() -> store.takeover().makeUpFor(heir.through()));
  }

  @Test
  void findingUnsettledJobsReadsTheOpenOnes() {
    assertReadsFew(() -> store.upkeep().unsettled(200));
  }

  @Test
  void aRoundOfTheLeaderReadsTheOpenOnes() {
    try (var terms = new DutyTerms(jdbi, LeaseConfig.DEFAULT, "w")) {
      long term = terms.look().term().orElseThrow();

      assertReadsFew(() -> terms.renew(term, true));
    }
  }

  @Test
  void settlingAndReleasingReadTheWindowAndNotTheSegmentsHeldBack() {
    assertReadsFew(
        () -> store.settlement().settle(active, List.of("plan", "redact", "verify"), null));
  }

  @Test
  void pruningReadsThePage() {
    assertReadsFew(
        () ->
            store
                .pruning()
                .isDue(
                    Duration.ofHours(24),
                    Map.of(
                        JobStatus.COMPLETED, Duration.ofDays(7),
                        JobStatus.FAILED, Duration.ofDays(30))));
    for (var status : List.of(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)) {
      assertReadsFew(
          () -> store.pruning().page(status, Duration.ofHours(27), JobPruning.START, 50));
      assertReadsFew(
          () -> store.pruning().page(status, Duration.ofDays(365), JobPruning.START, 50));
    }
  }

  @Test
  void statusOfAJobOfAHundredThousandSegmentsReadsTheWindow() {
    assertReadsFew(() -> store.reader().find(active));
  }

  @Test
  void listsReadAPage() {
    assertReadsFew(() -> store.lists().list(JobFilter.ALL, null, 50));
    assertReadsFew(
        () ->
            store
                .lists()
                .list(new JobFilter(JobStatus.ACTIVE, null, null, null, null, null), null, 50));
    assertReadsFew(
        () -> store.lists().list(new JobFilter(null, null, "@t77:x", null, null, null), null, 50));
    assertReadsFew(
        () -> store.lists().list(new JobFilter(null, null, null, "@r77:x", null, null), null, 50));
    assertReadsFew(() -> store.lists().byTarget(new JobKind("redact-events"), "@t77:x", 100));
    assertReadsFew(() -> store.parts().segments(active, 1, 5000, 100));
    assertReadsFew(() -> store.parts().target(active, "@t1:x"));
    assertReadsFew(() -> store.backlog().read());
  }

  @Test
  void findingTheHomeserversTasksReadsThoseAskedFor() {
    var ids = List.of("i1000", "i1001", "HniUbwhXnByeEiMR");

    assertReadsFew(() -> store.parts().homeserverTasks(ids));
    assertThat(store.parts().homeserverTasks(ids)).containsExactly("i1000");
  }

  @Test
  void refusingWhatIsInProgressReadsTheJobsOfItsTargets() {
    var request =
        JobRequest.of(
                JobParameters.of(
                    new RedactEventsContract(),
                    new RedactEventsParameters(null, null, null, null, null, null)),
                TargetSource.of(List.of("@t777:x")),
                "@admin:x")
            .claimingNow();

    assertReadsFew(() -> store.acceptance().accept(request, TargetSnapshot.NONE));
    assertReadsFew(() -> store.acceptance().accept(request, TargetSnapshot.NONE));
  }

  @Test
  void itemsOfATargetReadAPage() {
    assertReadsFew(() -> store.targets().items(active, 0, "rooms", null, 100));
    assertReadsFew(() -> store.targets().items(active, 1, "media", "!50000:x", 100));
    assertReadsFew(() -> store.targets().listed(active, 1, "rooms", List.of("!77:x", "!none:x")));
    assertReadsFew(() -> store.targets().addItems(active, 1, "rooms", List.of("!77:x", "!new:x")));
    store
        .targets()
        .addItems(active, 1, ShownMedia.LIST, List.of("mxc://x/shown1", "mxc://x/shown2"));
    assertReadsFew(() -> store.targets().removeShownMedia(active, List.of("mxc://x/shown1")));
    assertThat(store.targets().items(active, 1, ShownMedia.LIST, null, 9))
        .containsExactly("mxc://x/shown2");
  }

  @Test
  void tasksReadAPage() {
    assertReadsFew(() -> store.tasks().list(tasks("redact-events", null), null, 500));
    assertReadsFew(() -> store.tasks().list(tasks("redact-events", "@t77:x"), null, 500));
    assertReadsFew(() -> store.tasks().list(tasks("delete-rooms", null), null, 500));
  }

  private static TaskFilter tasks(String kind, @Nullable String target) {
    return new TaskFilter(
        Set.of(new JobKind(kind)), Set.of(JobStatus.values()), target, Instant.now());
  }

  private record Reads(long sequential, long indexed) {}

  private static void assertReadsFew(Runnable statement) {
    var before = reads();
    statement.run();
    var after = reads();
    assertThat(after.sequential() - before.sequential()).as("rows read from end to end").isZero();
    assertThat(after.indexed() - before.indexed()).as("index entries read").isLessThan(FEW);
  }

  private static Reads reads() {
    return jdbi.withHandle(
        handle -> {
          handle.execute("select pg_stat_force_next_flush()");
          handle.execute("select pg_stat_clear_snapshot()");
          return handle
              .createQuery(
                  """
              select coalesce(sum(t.seq_tup_read), 0)::bigint as sequential,
                     (select coalesce(sum(i.idx_tup_read), 0) from pg_stat_user_indexes i
                       where i.schemaname = 'jobs' and i.relname in ('job', 'segment', 'target', 'stage', 'target_item'))::bigint as indexed
                from pg_stat_user_tables t
               where t.schemaname = 'jobs' and t.relname in ('job', 'segment', 'target', 'stage', 'target_item')
              """)
              .map((rs, ctx) -> new Reads(rs.getLong("sequential"), rs.getLong("indexed")))
              .one();
        });
  }
}
