package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.guard.GuardConfig;
import dev.bailiff.guard.GuardRails;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.worker.guard.GuardedStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Jdbi;

/** The engine with all kinds, on the thread of the test. A list takes the place of Kafka. */
public final class OneThreadEngine {
  private static final long LIMIT_NANOS = Duration.ofSeconds(40).toNanos();
  private static final int COMMANDS_OF_A_POLL = 25;

  /** Leases as in production, but with short waits. */
  public static final LeaseConfig LEASES = leases(LeaseConfig.DEFAULT.maxAttempts());

  private final List<PublishableCommand> queue = new ArrayList<>();
  private final JobStore store;
  private final GroupRunner runner;

  public OneThreadEngine(Jdbi jdbi, LeaseConfig leases, Homeserver homeserver) {
    this(jdbi, leases, homeserver, RunListener.NONE);
  }

  /** The engine with guard rails in front of its stages. */
  public OneThreadEngine(Jdbi jdbi, LeaseConfig leases, Homeserver homeserver, GuardConfig config) {
    this(jdbi, leases, homeserver, RunListener.NONE, guarded(homeserver, config));
  }

  private static BiFunction<StageServices, Stage, Stage> guarded(
      Homeserver homeserver, GuardConfig config) {
    var rails = new GuardRails(config, homeserver.guard());
    return (services, stage) -> GuardedStage.of(stage, rails, services);
  }

  /**
   * The engine with a listener, which is called on the thread of the test after each batch and at
   * the end of each stage.
   */
  public OneThreadEngine(
      Jdbi jdbi, LeaseConfig leases, Homeserver homeserver, RunListener listener) {
    this(jdbi, leases, homeserver, listener, (services, stage) -> stage);
  }

  private OneThreadEngine(
      Jdbi jdbi,
      LeaseConfig leases,
      Homeserver homeserver,
      RunListener listener,
      BiFunction<StageServices, Stage, Stage> guard) {
    this.store = JobStore.on(jdbi, leases);
    var services = new StageServices(homeserver, store.targets());
    var parts =
        new RunnerDependencies(
            "me",
            store,
            WorkerKinds.load(services, stage -> guard.apply(services, stage)),
            queue::addAll,
            new ProgressPublisher(store.leases(), silent(), Clock.systemUTC()),
            new RunConfig(
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20)),
            listener,
            new SplittableRandom(1));
    this.runner = new Runners(parts).groups(new ShortSegments());
  }

  /** Leases with short waits. */
  public static LeaseConfig leases(int maxAttempts) {
    return new LeaseConfig(
        LeaseConfig.DEFAULT.lease(),
        LeaseConfig.DEFAULT.statementTimeout(),
        maxAttempts,
        LeaseConfig.DEFAULT.window(),
        Duration.ofMillis(20),
        Duration.ofMillis(20),
        Duration.ofMillis(1));
  }

  public JobStore store() {
    return store;
  }

  /** Accepts a job, and works nothing of it. */
  public JobId submit(String kind, Record parameters, String... targets) {
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    JobRequest.of(
                        JobParameters.of(
                            KindContracts.load().require(new JobKind(kind)), parameters),
                        TargetSource.of(List.of(targets)),
                        "@admin:chat.example"),
                    TargetSnapshot.NONE);
    queue.addAll(accepted.commands());
    return accepted.job();
  }

  /** Accepts a job whose targets a filter finds, and works nothing of it. */
  public JobId submit(String kind, Record parameters, JobOrigin origin) {
    return submit(FilteredJobs.request(kind, parameters, origin));
  }

  /** Accepts a job, and works nothing of it. */
  public JobId submit(JobRequest request) {
    var accepted = (Acceptance.Accepted) store.acceptance().accept(request, TargetSnapshot.NONE);
    queue.addAll(accepted.commands());
    return accepted.job();
  }

  /** Polls once. */
  public void poll() {
    if (queue.isEmpty()) {
      queue.addAll(store.upkeep().republish(COMMANDS_OF_A_POLL));
    }
    if (queue.isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      return;
    }
    var some = queue.subList(0, Math.min(COMMANDS_OF_A_POLL, queue.size()));
    var polled = some.stream().map(next -> new Delivered(next.command(), 1)).toList();
    some.clear();
    runner.run(polled, () -> false);
  }

  /** Polls until the job has ended. */
  public JobView runToEnd(JobId job) {
    return run(job, view -> view.status().isTerminal());
  }

  /** Polls until a condition on the job holds. */
  public JobView run(JobId job, java.util.function.Predicate<JobView> until) {
    long end = System.nanoTime() + LIMIT_NANOS;
    var view = view(job);
    while (!until.test(view)) {
      assertThat(System.nanoTime()).as("the limit, job %s", view).isLessThan(end);
      poll();
      view = view(job);
    }
    return view;
  }

  public JobView view(JobId job) {
    return store.reader().find(job).orElseThrow();
  }

  /** Asserts that the job did everything that was asked for, and that no item failed. */
  public void assertCompletedAndGone(JobView ended) {
    assertThat(store.parts().failures(ended.id(), 0, 100)).isEmpty();
    assertGone(ended);
  }

  /** Asserts that the job did everything that was asked for, and counted each item once. */
  public void assertGone(JobView ended) {
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(store.parts().targets(ended.id(), -1, 1000))
        .hasSize(ended.targetCount())
        .allSatisfy(
            target -> assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo("gone"));
    assertThat(ended.stages())
        .allSatisfy(
            stage ->
                assertThat(
                        stage.progress().done()
                            + stage.progress().failed()
                            + stage.progress().skipped())
                    .as(stage.name())
                    .isEqualTo(stage.progress().total()));
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
