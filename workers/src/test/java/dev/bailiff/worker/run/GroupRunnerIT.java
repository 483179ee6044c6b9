package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Progress;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.tally.TallyContract;
import dev.bailiff.worker.tally.TallyKind;
import dev.bailiff.worker.tally.TallyParameters;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Works several commands of one poll. */
class GroupRunnerIT {
  private static final int SEGMENTS = 25;
  private static final int ITEMS = 3;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final List<PublishableCommand> queue = new ArrayList<>();
  private final ShortSegments shortSegments = new ShortSegments();
  private Jdbi jdbi;
  private JobStore store;

  @BeforeEach
  void open() {
    jdbi = Database.jdbi(postgres.dataSource());
    store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    TallyKind.createTable(jdbi);
  }

  @Test
  void segmentsOfAGroupAreWorkedOnceEachAndCommittedTogether() {
    var job = submit(TallyParameters.of(SEGMENTS, ITEMS));
    var groups = runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER);
    plan(groups);
    List<String> transactions = new ArrayList<>();

    workAll(runner(Duration.ofMinutes(1), noting(transactions)));

    assertTallied(job, 0);
    assertThat(transactions).hasSizeGreaterThan(SEGMENTS);
    assertThat(transactions.stream().distinct().count()).isLessThan(SEGMENTS / 2);
  }

  @Test
  void stagesOfOneBatchAreWorkedInTheTransactionOfTheStageBefore() {
    var job = submit(TallyParameters.of(1, ITEMS));
    List<String> transactions = new ArrayList<>();

    workAll(runner(Duration.ofMinutes(1), noting(transactions), true));

    assertTallied(job, 1, 0);
    assertThat(transactions).as("tally and check").hasSize(2);
    assertThat(transactions.stream().distinct()).hasSize(1);
  }

  @Test
  void aStageThatFailsInTheTransactionOfTheStageBeforeIsWorkedAgainInItsOwn() {
    var job = submit(TallyParameters.of(1, ITEMS).bad("s0-1"));
    List<String> transactions = new ArrayList<>();

    workAll(runner(Duration.ofMinutes(1), noting(transactions), true));

    assertTallied(job, 1, 1);
    assertThat(count("select count(*) from tally where stage = 'check' and job_id = ?", job))
        .isEqualTo(1);
  }

  @Test
  void aStageBehindOneWithNothingToDoIsWorkedOnce() {
    var job = submit(TallyParameters.of(0, ITEMS));
    List<String> begun = new ArrayList<>();
    TallyKind.items = begun::add;
    try {
      workAll(runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER, true));
    } finally {
      TallyKind.items = item -> {};
    }

    assertThat(store.reader().find(job).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(begun).containsExactly("check-0");
  }

  /** Notes the transaction of each batch. */
  private static TallyKind.Effects noting(List<String> transactions) {
    return (database, id, commit, effect, record) ->
        TallyKind.Effects.TOGETHER.commit(
            database,
            id,
            commit,
            handle -> {
              transactions.add(
                  handle
                      .createQuery("select pg_current_xact_id()::text")
                      .mapTo(String.class)
                      .one());
              effect.accept(handle);
            },
            record);
  }

  @Test
  void aBadItemOfAGroupIsFailedAloneAndTheOthersAreDone() {
    var job = submit(TallyParameters.of(SEGMENTS, ITEMS).bad("s3-1"));
    var groups = runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER);

    workAll(groups);

    assertTallied(job, 1);
  }

  @Test
  void whatIsNotBegunInTimeGoesBackToTheQueue() {
    var job = submit(TallyParameters.of(SEGMENTS, 11));
    var groups = runner(Duration.ZERO, TallyKind.Effects.TOGETHER);
    plan(groups);
    var first = take();

    groups.run(first, () -> false);

    assertThat(queue)
        .as("begun in the group, and given back before their last batch")
        .hasSize(SEGMENTS);
    workAll(groups);
    assertThat(tallied(job)).isEqualTo(SEGMENTS * 11);
  }

  @Test
  void aSegmentThatWasTriedBeforeIsWorkedAloneAndTheOthersGoBackUntouched() {
    var job = submit(TallyParameters.of(SEGMENTS, ITEMS));
    var groups = runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER);
    plan(groups);
    var commands = take();
    assertThat(store.groups().lease(commands, "dies", List.of("tally"))).hasSize(SEGMENTS);

    groups.run(
        commands.stream().map(next -> new Delivered(next.command(), 2)).toList(), () -> false);

    assertThat(tallied(job)).isEqualTo(ITEMS);
    assertThat(queue).hasSize(SEGMENTS - 1);
    workAll(groups);
    assertTallied(job, 0);
  }

  @Test
  void whatIsLockedWhileItsGroupIsLeasedIsWaitedForAndWorked() throws Exception {
    var job = submit(TallyParameters.of(SEGMENTS, ITEMS));
    var groups = runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER);
    plan(groups);
    var commands = take();
    CompletableFuture<Void> run;

    try (Handle other = jdbi.open()) {
      other.begin();
      other.execute("select from jobs.segment where stage_n = 1 and segment_n = 3 for update");
      run = CompletableFuture.runAsync(() -> groups.run(commands, () -> false));
      await().until(() -> waitingForLocks() > 0);
      other.rollback();
    }
    run.get(1, TimeUnit.MINUTES);

    workAll(groups);
    assertTallied(job, 0);
  }

  @Test
  void aStageOfOneSegmentIsPlannedAndBegunInOneCommit() {
    var job = submit(TallyParameters.of(1, ITEMS));
    List<String> ranges = new ArrayList<>();

    workAll(
        runner(
            Duration.ofMinutes(1),
            (database, id, commit, effect, record) ->
                TallyKind.Effects.TOGETHER.commit(
                    database,
                    id,
                    commit,
                    handle -> {
                      ranges.add(range(handle));
                      effect.accept(handle);
                    },
                    record)));

    assertThat(ranges).contains("none yet");
    assertTallied(job, 1, 0);
  }

  private static String range(Handle handle) {
    return handle
        .createQuery("select coalesce(range, 'none yet') from jobs.segment where status = 'leased'")
        .mapTo(String.class)
        .one();
  }

  @Test
  void aBadItemOfAStageThatBeginsWithItsPlanIsFailedAlone() {
    var job = submit(TallyParameters.of(1, ITEMS).bad("s0-1"));

    workAll(runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER));

    assertTallied(job, 1, 1);
  }

  @Test
  void aStageThatWasTriedBeforeIsPlannedBeforeItIsBegunSoThatItCanBeGivenUp() {
    var job = submit(TallyParameters.of(1, ITEMS));
    var broken =
        runner(
            Duration.ofMinutes(1),
            (database, id, commit, effect, record) -> {
              throw new IllegalStateException("each time");
            });

    workUntilItEnds(job, broken);

    assertThat(
            count("select count(*) from jobs.failure where stage_n = 1 and job_id = ?::uuid", job))
        .isEqualTo(ITEMS);
  }

  @Test
  void aPlanThatIsRefusedEachTimeIsGivenUpAndItsJobFails() {
    var job = submit(TallyParameters.of(1, ITEMS));
    TallyKind.planPages =
        page -> {
          throw new BatchRefusedException("no plan", new IllegalArgumentException());
        };

    try {
      workUntilItEnds(job, runner(Duration.ofMinutes(1), TallyKind.Effects.TOGETHER));
    } finally {
      TallyKind.planPages = page -> {};
    }

    assertThat(store.reader().find(job).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
    assertThat(tallied(job)).isZero();
  }

  /** Polls until the job ends; cuts the waits between attempts short. */
  private void workUntilItEnds(JobId job, GroupRunner groups) {
    while (!store.reader().find(job).orElseThrow().status().isTerminal()) {
      workAll(groups);
      jdbi.useHandle(
          handle ->
              handle.execute("update jobs.segment set publish_at = now() where status = 'ready'"));
      queue.addAll(store.upkeep().republish(10));
    }
  }

  private int waitingForLocks() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from pg_locks where not granted")
                .mapTo(Integer.class)
                .one());
  }

  private JobId submit(TallyParameters parameters) {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    JobRequest.of(
                        JobParameters.of(new TallyContract(), parameters),
                        TargetSource.of(List.of("@" + System.nanoTime() + ":x")),
                        "@admin:x"),
                    TargetSnapshot.NONE);
    queue.addAll(accepted.commands());
    return accepted.job();
  }

  /** Works the first command; the window of the second stage is published then. */
  private void plan(GroupRunner groups) {
    groups.run(take(), () -> false);
  }

  private List<Delivered> take() {
    var taken = queue.stream().map(next -> new Delivered(next.command(), 1)).toList();
    queue.clear();
    return taken;
  }

  private void workAll(GroupRunner groups) {
    while (!queue.isEmpty()) {
      groups.run(take(), () -> false);
    }
  }

  private void assertTallied(JobId job, int failed) {
    assertTallied(job, SEGMENTS, failed);
  }

  private void assertTallied(JobId job, int segments, int failed) {
    var view = store.reader().find(job).orElseThrow();
    assertThat(view.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(tallied(job)).isEqualTo(segments * ITEMS - failed);
    assertThat(view.stages().get(1).progress())
        .isEqualTo(new Progress(segments * ITEMS, segments * ITEMS - failed, failed, 0));
  }

  /** Number of items done; asserts that each was done once. */
  private int tallied(JobId job) {
    int distinct =
        count("select count(distinct item) from tally where stage = 'tally' and job_id = ?", job);
    assertThat(count("select count(*) from tally where stage = 'tally' and job_id = ?", job))
        .as("nothing is done twice")
        .isEqualTo(distinct);
    return distinct;
  }

  private int count(String sql, JobId job) {
    return jdbi.withHandle(
        handle -> handle.createQuery(sql).bind(0, job.toString()).mapTo(Integer.class).one());
  }

  private GroupRunner runner(Duration groupTime, TallyKind.Effects effects) {
    return runner(groupTime, effects, false);
  }

  private GroupRunner runner(Duration groupTime, TallyKind.Effects effects, boolean joins) {
    var homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
    var parts =
        new RunnerDependencies(
            "me",
            store,
            WorkerKinds.of(
                List.of(new TallyKind(() -> jdbi, effects, joins)),
                new StageServices(homeserver, store.targets())),
            queue::addAll,
            new ProgressPublisher(store.leases(), silent(), Clock.systemUTC()),
            new RunConfig(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ZERO, groupTime),
            RunListener.NONE,
            new SplittableRandom(1));
    return new Runners(parts).groups(shortSegments);
  }

  private static JobEventPublisher silent() {
    return new JobEventPublisher() {
      @Override
      public void publishEvent(JobEvent event) {}

      @Override
      public boolean publishEvents(List<JobEvent> events) {
        return true;
      }
    };
  }
}
