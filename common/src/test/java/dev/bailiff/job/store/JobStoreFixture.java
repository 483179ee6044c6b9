package dev.bailiff.job.store;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.BatchRecord;
import dev.bailiff.job.BatchRecord.End;
import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobSettlement.Settlement;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A store on an empty database, and short ways to bring a job into the state that a test needs.
 * Each part of the store has its own test class.
 */
abstract class JobStoreFixture {
  static final List<String> STAGES = List.of("plan", "work");
  static final LeaseConfig CONFIG =
      new LeaseConfig(
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          3,
          4,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1));

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  Jdbi jdbi;
  JobStore store;

  @BeforeEach
  void emptyStore() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("truncate jobs.job cascade"));
    store = JobStore.on(jdbi, CONFIG);
  }

  // Builders

  static RequestBuilder request(String... targets) {
    return new RequestBuilder(List.of(targets));
  }

  static final class RequestBuilder {
    private final List<String> targets;
    private boolean claim;
    private @Nullable IdempotencyKey key;
    private JobTerms terms = JobTerms.USUAL;
    private JobOrigin origin = JobOrigin.LIST;
    private String requester = "@admin:x";

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
      terms = terms.startingAt(instant);
      return this;
    }

    RequestBuilder paced(JobPace wish) {
      terms = terms.paced(wish);
      return this;
    }

    RequestBuilder with(JobTerms others) {
      terms = others;
      return this;
    }

    RequestBuilder from(JobOrigin other) {
      origin = other;
      return this;
    }

    RequestBuilder by(String user) {
      requester = user;
      return this;
    }

    JobRequest build() {
      return new JobRequest(
          TestKind.PARAMETERS,
          TargetSource.of(targets),
          requester,
          requester,
          terms,
          origin,
          claim,
          key);
    }
  }

  Acceptance.Accepted accept(RequestBuilder request) {
    return (Acceptance.Accepted) store.acceptance().accept(request.build(), TargetSnapshot.NONE);
  }

  Segment leasedPlan(String... targets) {
    var command = accept(request(targets)).commands().get(0).command();
    return store.leases().lease(command, 1, "me", STAGES).orElseThrow();
  }

  Segment openWork(String... targets) {
    return openWork(accept(request(targets)));
  }

  Segment openWork(Acceptance.Accepted accepted) {
    var plan =
        store.leases().lease(accepted.commands().get(0).command(), 1, "me", STAGES).orElseThrow();
    store.leases().record(plan.lease(), done(1), List.of());
    return ((Settlement.Leased)
            store.settlement().settle(accepted.job(), STAGES, plan.lease().holder()))
        .segment();
  }

  /** A worker that holds the first command of a job. */
  static Holder holder(JobId job, String owner) {
    return new Holder(owner, new Delivery(new SegmentKey(job, 0, 0), 0, 1));
  }

  static BatchRecord done(long items) {
    return batch(new End.Done(), null, items, List.of(), List.of());
  }

  static BatchRecord batch(
      End end,
      @Nullable String checkpoint,
      long done,
      List<BatchRecord.FailedItem> failures,
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

  /** A batch of a stage that counts: what is left out is skipped. */
  static BatchRecord counted(End end, @Nullable String checkpoint, Counted counted) {
    return new BatchRecord(
        end,
        checkpoint,
        counted.targets() - counted.leftOut().size(),
        counted.leftOut().size(),
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        0,
        List.of(),
        BatchRecord.Finds.NONE,
        counted,
        BatchRecord.Effects.NONE);
  }

  /** The last batch of a search, with the targets that it found. */
  static BatchRecord found(String... targets) {
    return new BatchRecord(
        new End.Done(),
        null,
        targets.length,
        0,
        0,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        0,
        List.of(),
        BatchRecord.Finds.inOrder(List.of(targets)),
        Counted.NONE,
        BatchRecord.Effects.NONE);
  }

  JobStatus status(SegmentCommand command) {
    return store.reader().find(new JobId(command.jobId())).orElseThrow().status();
  }

  List<String> transitions(SegmentCommand command) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select to_status from jobs.transition where job_id = :job order by transition_id")
                .bind("job", command.jobId())
                .mapTo(String.class)
                .list());
  }

  List<String> claims(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select resource from jobs.claim where job_id = :job order by resource")
                .bind("job", job.value())
                .mapTo(String.class)
                .list());
  }

  long count(String table) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  long inFlight(JobId job) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select count(*) from jobs.segment where job_id = :job and status in ('ready', 'leased') and publish_at is not null")
                .bind("job", job.value())
                .mapTo(Long.class)
                .one());
  }

  long hotUpdates() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "select n_tup_hot_upd from pg_stat_user_tables where schemaname = 'jobs' and relname = 'segment'")
                .mapTo(Long.class)
                .one());
  }

  Instant databaseTime() {
    return instant("select clock_timestamp()");
  }

  Instant instant(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Instant.class).one());
  }
}
