package dev.bailiff.worker.simulation;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.duty.Duty;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.Approver;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobApprovals.Answer;
import dev.bailiff.job.store.JobChanges.Rate;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.maintain.CommandRepublisher;
import dev.bailiff.worker.maintain.JobSettler;
import dev.bailiff.worker.maintain.SegmentRescuer;
import dev.bailiff.worker.maintain.TransitionPublisher;
import dev.bailiff.worker.run.GroupRunner;
import dev.bailiff.worker.run.ProgressPublisher;
import dev.bailiff.worker.run.RunConfig;
import dev.bailiff.worker.run.RunListener;
import dev.bailiff.worker.run.RunnerDependencies;
import dev.bailiff.worker.run.Runners;
import dev.bailiff.worker.run.ShortSegments;
import dev.bailiff.worker.tally.TallyKind;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A simulated process: the engine's own classes on connections of its own. It stands for a gateway
 * as well as for a worker, and does one thing at a time.
 */
final class SimulatedProcess {
  /** A run works until it is stopped, and does not wait for the store. */
  private static final RunConfig RUNS =
      new RunConfig(Duration.ofMillis(500), Duration.ofDays(1), Duration.ZERO, Duration.ofDays(1));

  /** Loaded once: searching the class path for each schedule would take a tenth of its time. */
  private static final KindContracts CONTRACTS = KindContracts.load();

  private final JobStore store;
  private final GroupRunner runner;
  private final List<Duty> duties;
  private boolean busy;

  /**
   * @param joins whether its kinds work a stage of one batch in the transaction of the stage before
   */
  SimulatedProcess(
      Jdbi jdbi,
      JobStore store,
      TallyKind.Effects effects,
      boolean joins,
      CommandPublisher publisher,
      JobEventPublisher events,
      RandomGenerator random,
      java.util.Set<Rule> off) {
    this.store = store;
    var kinds =
        WorkerKinds.of(
            List.of(new TallyKind(() -> jdbi, effects, joins)),
            new StageServices(noHomeserver(), store.targets()),
            CONTRACTS);
    var parts =
        new RunnerDependencies(
            "simulated",
            store,
            kinds,
            publisher,
            new ProgressPublisher(store.leases(), events, Clock.systemUTC()),
            RUNS,
            RunListener.NONE,
            random);
    this.runner = new Runners(parts).groups(new ShortSegments());
    var metrics = new MetricRegistry();
    this.duties = new java.util.ArrayList<>();
    duties.add(new TransitionPublisher(store.upkeep(), events));
    if (!off.contains(Rule.STORE_REPUBLISHES)) {
      duties.add(new CommandRepublisher(store.upkeep(), publisher, metrics));
    }
    if (!off.contains(Rule.RESCUE)) {
      duties.add(new SegmentRescuer(store.upkeep(), metrics));
    }
    if (!off.contains(Rule.SETTLE_FOR_THE_DEAD)) {
      duties.add(new JobSettler(store, kinds, publisher));
    }
  }

  /**
   * A homeserver that refuses every call except {@code traits}, and names a port that refuses every
   * count: the simulated kind needs no homeserver.
   */
  private static Homeserver noHomeserver() {
    var counting = refusing(CountingPort.class, Map.of());
    return refusing(
        Homeserver.class, Map.of("traits", HomeserverTraits.ofStore(), "counting", counting));
  }

  private static <T> T refusing(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              var answer = answers.get(method.getName());
              if (answer == null) {
                throw new IllegalStateException("no homeserver here: " + method.getName());
              }
              return answer;
            }));
  }

  /** Whether the process is in the middle of a turn, while others have theirs. */
  boolean busy() {
    return busy;
  }

  /** Does one thing, and is busy meanwhile. */
  void turn(Runnable action) {
    busy = true;
    try {
      action.run();
    } finally {
      busy = false;
    }
  }

  List<Duty> duties() {
    return duties;
  }

  void run(List<SimulatedBroker.Delivery> deliveries, BooleanSupplier draining) {
    runner.run(
        deliveries.stream().map(next -> new Delivered(next.command(), next.count())).toList(),
        draining);
  }

  Acceptance accept(JobRequest request) {
    return store.acceptance().accept(request, TargetSnapshot.NONE);
  }

  /** Runs the plan of a dry run; empty if the dry run has not completed, or left all out. */
  Optional<Acceptance> run(JobId dryRun, JobRequest request) {
    var job = store.reader().find(dryRun).orElseThrow();
    return job.status() == JobStatus.COMPLETED
        ? Optional.of(accept(request.withTargets(store.plans().targets(dryRun))))
        : Optional.empty();
  }

  void cancel(JobId job) {
    store.settlement().cancel(job);
  }

  /** Returns whether the job is held now. */
  boolean pauses(JobId job) {
    return store.pausing().pause(job).orElseThrow() == JobStatus.PAUSED;
  }

  List<PublishableCommand> resume(JobId job) {
    return store.pausing().resume(job).orElseThrow().commands();
  }

  /** Approves a job, if it waits for that. */
  List<PublishableCommand> approve(JobId job, Approver approver) {
    return store.approvals().approve(job, approver, null) instanceof Answer.Done done
        ? done.commands()
        : List.of();
  }

  void changePriority(JobId job, int priority) {
    store.changes().change(job, OptionalInt.of(priority), null);
  }

  /**
   * Changes the bound on a job's rate.
   *
   * @param itemsASecond null for none
   */
  void changeRate(JobId job, @Nullable Integer itemsASecond) {
    store.changes().change(job, OptionalInt.empty(), new Rate(itemsASecond));
  }

  /** Retries a job; empty if it has not ended. */
  Optional<Acceptance> retry(JobId ended, JobRequest request) {
    var job = store.reader().find(ended).orElseThrow();
    return job.status().isTerminal()
        ? Optional.of(accept(request.withTargets(store.changes().openTargets(ended))))
        : Optional.empty();
  }

  void kafkaWasWiped() {
    store.upkeep().makeDue();
  }
}
