package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bailiff.database.Database;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobError;
import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Progress;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentStatus;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.TargetRooms;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.testing.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JobStoreIT {
  private static final List<String> STAGES = List.of("plan", "work");
  private static final LeaseConfig CONFIG =
      new LeaseConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          3,
          4,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private Jdbi jdbi;
  private JobStore store;

  @BeforeEach
  void emptyStore() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("truncate jobs.job cascade"));
    store = JobStore.on(jdbi, CONFIG);
  }

  @Test
  void anAcceptedJobIsStoredWithItsFirstCommandOnExpress() {
    var accepted = accept(request("@b:x", "@a:x"));

    assertThat(accepted.commands())
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.express()).isTrue();
              assertThat(command.command().epoch()).isZero();
              assertThat(command.command().request()).isNotNull();
            });
    var job = store.reader().find(accepted.job()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.SCHEDULED);
    assertThat(store.reader().targets(accepted.job(), -1, 10))
        .extracting("target")
        .containsExactly("@a:x", "@b:x");
  }

  @Test
  void aClaimedTargetRefusesTheRequestAndStoresNothing() {
    accept(request("@a:x").claimed());

    var second =
        store.acceptance().accept(request("@b:x", "@a:x").claimed().build(), TargetRooms.NONE);

    assertThat(second).isEqualTo(new Acceptance.Claimed("@a:x"));
    assertThat(store.reader().list(JobFilter.ALL, null, 10)).hasSize(1);
    assertThat(count("jobs.claim")).isEqualTo(1);
  }

  @Test
  void theSameIdempotencyKeyGivesTheSameJobAndAnotherRequestIsRefused() {
    var first = accept(request("@a:x").key("k", 1));

    assertThat(store.acceptance().accept(request("@a:x").key("k", 1).build(), TargetRooms.NONE))
        .isEqualTo(new Acceptance.Repeated(first.job()));
    assertThat(store.acceptance().accept(request("@a:x").key("k", 2).build(), TargetRooms.NONE))
        .isEqualTo(new Acceptance.KeyReused());
    assertThat(count("jobs.job")).isEqualTo(1);
  }

  @Test
  void roomsMeantAtAcceptanceAreStoredWithTheTarget() {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    request("@a:x").build(),
                    (target, sink) -> {
                      sink.accept(List.of("!2:x", "!1:x"));
                      sink.accept(List.of("!3:x"));
                    });

    assertThat(store.targets().rooms(accepted.job(), 0, null, 2)).containsExactly("!1:x", "!2:x");
    assertThat(store.targets().rooms(accepted.job(), 0, "!2:x", 2)).containsExactly("!3:x");
  }

  @Test
  void aSegmentIsLeasedOnceAndTheFirstLeaseMakesTheJobActive() {
    var command = accept(request("@a:x")).commands().get(0).command();

    assertThat(store.leases().lease(command, 1, "one")).isPresent();
    assertThat(store.leases().lease(command, 1, "two")).isEmpty();
    assertThat(status(command)).isEqualTo(JobStatus.ACTIVE);
    assertThat(transitions(command)).containsExactly("scheduled", "active");
  }

  @Test
  void aSecondDeliveryTakesTheLeaseOverAndTheOldOwnerIsRefused() {
    var command = accept(request("@a:x")).commands().get(0).command();
    var first = store.leases().lease(command, 1, "one").orElseThrow();

    var second = store.leases().lease(command, 2, "two").orElseThrow();

    assertThat(second.lease().epoch()).isEqualTo(2);
    assertThatThrownBy(() -> store.leases().fence(first.lease()))
        .isInstanceOf(LeaseLostException.class);
    assertThatThrownBy(() -> store.leases().record(first.lease(), done(1)))
        .isInstanceOf(LeaseLostException.class);
    assertThat(store.leases().lease(command, 2, "three"))
        .as("the second delivery may take over once")
        .isEmpty();
  }

  @Test
  void aBatchMovesCheckpointAndCountersAndClearsTheAttempts() {
    var segment = leasedPlan("@a:x", "@b:x");

    store.leases().record(segment.lease(), batch(new End.GoesOn(), "1", 1, List.of(), List.of()));

    var reread = store.leases().reread(segment).orElseThrow();
    assertThat(reread.checkpoint()).isEqualTo("1");
    assertThat(store.reader().find(segment.job().id()).orElseThrow().stages().get(0).progress())
        .isEqualTo(new Progress(2, 1, 0, 0));
    assertThat(store.reader().segments(segment.job().id(), -1, -1, 10))
        .singleElement()
        .satisfies(view -> assertThat(view.attempts()).isZero());
  }

  @Test
  void batchesOfASegmentAreHeapOnlyUpdates() {
    var segment = leasedPlan("@a:x");
    long before = hotUpdates();

    for (int n = 0; n < 20; n++) {
      store
          .leases()
          .record(segment.lease(), batch(new End.GoesOn(), "c" + n, 0, List.of(), List.of()));
    }

    jdbi.useHandle(handle -> handle.execute("select pg_stat_force_next_flush()"));
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(hotUpdates() - before).isGreaterThanOrEqualTo(19));
  }

  @Test
  void theWindowHoldsSegmentsBackAndEachThatEndsLetsTheNextIn() {
    var planner = openWork("@a:x");
    var planned =
        IntStream.range(0, 10).mapToObj(n -> new BatchRecord.Planned("r" + n, 1)).toList();

    var first =
        store.leases().record(planner.lease(), batch(new End.Done(), null, 0, List.of(), planned));

    assertThat(first.released()).hasSize(CONFIG.window());
    var leased = store.leases().lease(first.released().get(0).command(), 1, "one").orElseThrow();
    var next = store.leases().record(leased.lease(), done(1));
    assertThat(next.released()).hasSize(1);
    assertThat(inFlight(planner.job().id())).isEqualTo(CONFIG.window());
  }

  @Test
  void theLastSegmentOfAStageEndsItAndSettlingOpensTheNextOnce() {
    var plan = leasedPlan("@a:x");

    var recorded = store.leases().record(plan.lease(), done(1));

    assertThat(recorded.stageEnded()).isTrue();
    var settled = store.settlement().settle(plan.job().id(), STAGES, "me");
    assertThat(settled)
        .isInstanceOfSatisfying(
            Settlement.Leased.class,
            leased -> assertThat(leased.segment().lease().key().stage()).isEqualTo(1));
    assertThat(store.settlement().settle(plan.job().id(), STAGES, "other"))
        .isEqualTo(new Settlement.Nothing(List.of()));
  }

  @Test
  void manyWhoSettleAtOnceOpenTheNextStageOnce() throws Exception {
    var pool = java.util.concurrent.Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        var plan = leasedPlan("@a:x");
        store.leases().record(plan.lease(), done(1));
        var together = new java.util.concurrent.CyclicBarrier(8);
        var settled = new ArrayList<java.util.concurrent.Future<Settlement>>();
        for (int n = 0; n < 8; n++) {
          settled.add(
              pool.submit(
                  () -> {
                    together.await();
                    return store.settlement().settle(plan.job().id(), STAGES, "me");
                  }));
        }
        int leased = 0;
        for (var each : settled) {
          leased += each.get() instanceof Settlement.Leased ? 1 : 0;
        }
        assertThat(leased).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aJobEndsOnceAndGivesItsClaimsBack() {
    var accepted = accept(request("@a:x").claimed());
    var work = openWork(accepted);
    store.leases().record(work.lease(), done(0));

    assertThat(store.settlement().settle(accepted.job(), STAGES, null))
        .isEqualTo(new Settlement.Ended(JobStatus.COMPLETED));
    assertThat(store.settlement().settle(accepted.job(), STAGES, null))
        .isEqualTo(new Settlement.Nothing(List.of()));
    assertThat(count("jobs.claim")).isZero();
    assertThat(transitions(accepted.commands().get(0).command()))
        .containsExactly("scheduled", "active", "completed");
  }

  @Test
  void aJobFailsWithItsOnlyTargetAndKeepsThatTargetsError() {
    var plan = leasedPlan("@a:x");
    var error = new JobError(404, "M_NOT_FOUND", "Unknown room");
    store
        .leases()
        .record(
            plan.lease(),
            batch(
                new End.Done(),
                null,
                0,
                List.of(new BatchRecord.Failure(0, "@a:x", error.code(), error.text(), error)),
                List.of()));

    store.settlement().settle(plan.job().id(), STAGES, "me");

    var job = store.reader().find(plan.job().id()).orElseThrow();
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.error()).isEqualTo(error);
  }

  @Test
  void aJobOfManyTargetsGoesOnWithoutTheFailedOne() {
    var plan = leasedPlan("@a:x", "@b:x");
    var error = new JobError(404, "M_NOT_FOUND", "Unknown room");
    store
        .leases()
        .record(
            plan.lease(),
            batch(
                new End.Done(),
                null,
                1,
                List.of(new BatchRecord.Failure(0, "@a:x", error.code(), error.text(), error)),
                List.of()));

    assertThat(store.settlement().settle(plan.job().id(), STAGES, "me"))
        .isInstanceOf(Settlement.Leased.class);
    assertThat(store.targets().open(plan.job().id(), 0, 2, 10))
        .extracting("id")
        .containsExactly("@b:x");
    assertThat(store.reader().failures(plan.job().id(), 0, 10)).hasSize(1);
  }

  @Test
  void cancellingAJobThatWaitsEndsItAtOnce() {
    var accepted = accept(request("@a:x").claimed());

    assertThat(store.settlement().cancel(accepted.job())).contains(JobStatus.CANCELLED);

    assertThat(store.leases().lease(accepted.commands().get(0).command(), 1, "one")).isEmpty();
    assertThat(count("jobs.claim")).isZero();
  }

  @Test
  void cancellingAJobAtWorkStopsItBeforeItsNextBatch() {
    var plan = leasedPlan("@a:x");

    assertThat(store.settlement().cancel(plan.job().id())).contains(JobStatus.ACTIVE);

    assertThatThrownBy(() -> store.leases().fence(plan.lease()))
        .isInstanceOf(StopRequestedException.class);
    store.leases().stop(plan.lease());
    assertThat(store.settlement().settle(plan.job().id(), STAGES, "me"))
        .isEqualTo(new Settlement.Ended(JobStatus.CANCELLED));
    assertThat(store.settlement().cancel(plan.job().id())).contains(JobStatus.CANCELLED);
  }

  @Test
  void anExpiredLeaseIsRescuedOnceAndItsSegmentPublishedAgain() {
    var plan = leasedPlan("@a:x");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set lease_expires_at = now() - interval '1 second'"));

    assertThat(store.upkeep().rescue(10)).isEqualTo(1);
    assertThat(store.upkeep().rescue(10)).isZero();
    assertThatThrownBy(() -> store.leases().fence(plan.lease()))
        .isInstanceOf(LeaseLostException.class);
    var again = store.upkeep().republish(10);
    assertThat(again).hasSize(1);
    var second = store.leases().lease(again.get(0).command(), 1, "two").orElseThrow();
    assertThat(second.lease().epoch()).isEqualTo(2);
    assertThat(second.lease().attempt()).as("attempts count as the lease is taken").isEqualTo(2);
  }

  @Test
  void whatIsReadyIsPublishedAgainAfterGrowingWaits() {
    accept(request("@a:x"));
    assertThat(store.upkeep().republish(10)).as("just published").isEmpty();

    jdbi.useHandle(handle -> handle.execute("update jobs.segment set publish_at = now()"));
    var before = databaseTime();
    assertThat(store.upkeep().republish(10)).hasSize(1);
    var after = databaseTime();

    assertThat(store.upkeep().republish(10)).isEmpty();
    assertThat(instant("select publish_at from jobs.segment"))
        .as("10 s after the second publication, on the database's clock")
        .isBetween(before.plusSeconds(10), after.plusSeconds(10));
  }

  @Test
  void aJobForLaterIsNotPublishedBeforeItsTime() {
    var accepted = accept(request("@a:x").at(Instant.now().plusSeconds(3600)));

    assertThat(accepted.commands()).isEmpty();
    assertThat(store.upkeep().republish(10)).isEmpty();
  }

  @Test
  void aSnoozedSegmentWaitsWithoutLosingAnAttempt() {
    var plan = leasedPlan("@a:x");

    store
        .leases()
        .record(
            plan.lease(),
            batch(new End.Snoozed(Duration.ofHours(1)), "c", 0, List.of(), List.of()));

    assertThat(store.reader().segments(plan.job().id(), -1, -1, 1))
        .singleElement()
        .satisfies(
            view -> {
              assertThat(view.status()).isEqualTo(SegmentStatus.READY);
              assertThat(view.attempts()).isZero();
            });
    assertThat(store.upkeep().republish(10)).isEmpty();
  }

  @Test
  void jobsWhoseSettlingWasLostAreFound() {
    var plan = leasedPlan("@a:x");
    store.leases().record(plan.lease(), done(1));

    assertThat(store.upkeep().unsettled(10)).containsExactly(plan.job().id());
    store.settlement().settle(plan.job().id(), STAGES, null);
    assertThat(store.upkeep().unsettled(10)).isEmpty();
  }

  @Test
  void transitionsAreHandedOutUntilTheyAreAcknowledged() {
    accept(request("@a:x"));
    var seen = new ArrayList<Long>();

    assertThat(
            store
                .upkeep()
                .sendTransitions(
                    10,
                    events -> {
                      events.forEach(e -> seen.add(e.id()));
                      return false;
                    }))
        .isZero();
    assertThat(
            store
                .upkeep()
                .sendTransitions(
                    10,
                    events -> {
                      events.forEach(e -> seen.add(e.id()));
                      return true;
                    }))
        .isEqualTo(1);
    assertThat(store.upkeep().sendTransitions(10, events -> true)).isZero();
    assertThat(seen).hasSize(2).allMatch(id -> id.equals(seen.get(0)));
  }

  @Test
  void endedJobsArePrunedAfterTheirTimeAndOpenOnesNever() {
    var open = accept(request("@a:x"));
    var ended = accept(request("@b:x"));
    store.settlement().cancel(ended.job());
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.job set finalized_at = now() - interval '8 days' where finalized_at is not null"));

    store.upkeep().prune(Duration.ofDays(7), 10);

    assertThat(store.reader().find(ended.job())).isEmpty();
    assertThat(store.reader().find(open.job())).isPresent();
  }

  @Test
  void aJobWhoseLaterStageCannotBePlannedFailsInsteadOfSkippingIt() {
    var planner = openWork("@a:x", "@b:x");

    store
        .leases()
        .record(planner.lease(), batch(new End.Failed("given up"), null, 0, List.of(), List.of()));

    assertThat(store.settlement().settle(planner.job().id(), STAGES, null))
        .isEqualTo(new Settlement.Ended(JobStatus.FAILED));
    assertThat(store.reader().find(planner.job().id()).orElseThrow().error())
        .isEqualTo(new JobError(500, "M_UNKNOWN", "given up"));
  }

  @Test
  void claimsAreTakenInOrderAndNoneBeyondTheFirstThatIsTaken() {
    var other = accept(request("@b:x").claimed());
    var mine = accept(request("@a:x"));

    assertThat(store.targets().claim(mine.job(), List.of("@a:x", "@b:x", "@c:x")))
        .first()
        .isEqualTo("@b:x");

    assertThat(claims(mine.job())).containsExactly("@a:x");
    store.settlement().cancel(other.job());
    assertThat(store.targets().claim(mine.job(), List.of("@a:x", "@b:x", "@c:x"))).isEmpty();
    assertThat(claims(mine.job())).containsExactly("@a:x", "@b:x", "@c:x");
  }

  @Test
  void jobsAreListedNewestFirstAndFiltered() {
    var first = accept(request("@a:x"));
    var second = accept(request("@b:x"));

    assertThat(store.reader().list(JobFilter.ALL, null, 10))
        .extracting("id")
        .containsExactly(second.job(), first.job());
    var newest = store.reader().list(JobFilter.ALL, null, 1).get(0);
    assertThat(
            store
                .reader()
                .list(JobFilter.ALL, new JobReader.Position(newest.acceptedAt(), newest.id()), 10))
        .extracting("id")
        .containsExactly(first.job());
    assertThat(
            store
                .reader()
                .list(new JobFilter(JobStatus.SCHEDULED, null, "@a:x", null, null, null), null, 10))
        .extracting("id")
        .containsExactly(first.job());
  }

  // Builders

  private static RequestBuilder request(String... targets) {
    return new RequestBuilder(List.of(targets));
  }

  private static final class RequestBuilder {
    private final List<String> targets;
    private boolean claim;
    private @Nullable IdempotencyKey key;
    private @Nullable Instant runAt;

    RequestBuilder(List<String> targets) {
      this.targets = targets;
    }

    RequestBuilder claimed() {
      claim = true;
      return this;
    }

    RequestBuilder key(String name, int digest) {
      key = new IdempotencyKey(name, new byte[] {(byte) digest});
      return this;
    }

    RequestBuilder at(Instant instant) {
      runAt = instant;
      return this;
    }

    JobRequest build() {
      return new JobRequest(
          new JobKind("test-kind"),
          targets,
          JsonNodeFactory.instance.objectNode(),
          "@admin:x",
          "@admin:x",
          null,
          runAt,
          claim,
          key);
    }
  }

  private Acceptance.Accepted accept(RequestBuilder request) {
    return (Acceptance.Accepted) store.acceptance().accept(request.build(), TargetRooms.NONE);
  }

  private Segment leasedPlan(String... targets) {
    var command = accept(request(targets)).commands().get(0).command();
    return store.leases().lease(command, 1, "me").orElseThrow();
  }

  private Segment openWork(String... targets) {
    return openWork(accept(request(targets)));
  }

  private Segment openWork(Acceptance.Accepted accepted) {
    var plan = store.leases().lease(accepted.commands().get(0).command(), 1, "me").orElseThrow();
    store.leases().record(plan.lease(), done(1));
    return ((Settlement.Leased) store.settlement().settle(accepted.job(), STAGES, "me")).segment();
  }

  private static BatchRecord done(long items) {
    return batch(new End.Done(), null, items, List.of(), List.of());
  }

  private static BatchRecord batch(
      End end,
      @Nullable String checkpoint,
      long done,
      List<BatchRecord.Failure> failures,
      List<BatchRecord.Planned> planned) {
    return new BatchRecord(
        end,
        checkpoint,
        done,
        0,
        failures.size(),
        failures,
        List.of(),
        List.of(),
        planned,
        null,
        planned.size(),
        List.of());
  }

  private JobStatus status(SegmentCommand command) {
    return store.reader().find(new JobId(command.jobId())).orElseThrow().status();
  }

  private List<String> transitions(SegmentCommand command) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select to_status from jobs.transition where job_id = :job order by transition_id")
                .bind("job", command.jobId())
                .mapTo(String.class)
                .list());
  }

  private List<String> claims(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select resource from jobs.claim where job_id = :job order by resource")
                .bind("job", job.value())
                .mapTo(String.class)
                .list());
  }

  private long count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  private long inFlight(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from jobs.segment where job_id = :job and status in ('ready', 'leased') and publish_at is not null")
                .bind("job", job.value())
                .mapTo(Long.class)
                .one());
  }

  private long hotUpdates() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select n_tup_hot_upd from pg_stat_user_tables where schemaname = 'jobs' and relname = 'segment'")
                .mapTo(Long.class)
                .one());
  }

  private Instant databaseTime() {
    return instant("select clock_timestamp()");
  }

  private Instant instant(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Instant.class).one());
  }
}
