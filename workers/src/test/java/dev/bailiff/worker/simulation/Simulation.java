package dev.bailiff.worker.simulation;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.ApprovalTerms;
import dev.bailiff.job.Approver;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSource;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.run.CommandOpenException;
import dev.bailiff.worker.tally.TallyContract;
import dev.bailiff.worker.tally.TallyCounter;
import dev.bailiff.worker.tally.TallyKind;
import dev.bailiff.worker.tally.TallyParameters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One schedule, made from its seed. In its first phase jobs come and any step may go wrong. In its
 * second, quiet phase all jobs must end.
 */
final class Simulation {
  private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
  private static final int TURNS = 60;
  private static final int SEVERAL = 3;
  private static final int QUIET_ROUNDS = 80;
  private static final Duration QUIET_PAUSE = Duration.ofSeconds(4);

  /** One of them is left out. */
  private static final List<String> DRY_TARGETS =
      List.of("@a:x", "@b:x", "@c:x", TallyCounter.LEFT_OUT);

  private static final JobTerms DRY =
      new JobTerms(null, null, null, JobTerms.USUAL_PRIORITY, null, null, null, true);

  private static final ApprovalTerms BY_SOMEBODY_ELSE =
      new ApprovalTerms(
          "everything does", null, null, null, List.of("@admin:x"), Duration.ofDays(7), true);

  private static final Approver APPROVER = new Approver("token:bob", Set.of("token:bob"));

  private final SimulatedStack stack;
  private final long seed;
  private final Set<Rule> off;
  private final SplittableRandom random;
  private final SimulatedBroker broker;
  private final Faults faults;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final Map<JobId, Wanted> told = new LinkedHashMap<>();
  private final Map<UUID, Integer> order = new HashMap<>();
  private final Set<JobId> cancelled = new HashSet<>();
  private final Map<JobId, Integer> resumptions = new HashMap<>();

  /** Dry runs whose ids were returned, with their requests. */
  private final Map<JobId, JobRequest> dryRuns = new LinkedHashMap<>();

  /** Jobs that were cancelled or paused, and of which no batch may begin. */
  private final Set<JobId> stopped = new HashSet<>();

  /**
   * Whether commands stay in Kafka until they are accepted. In this case each lease has a command
   * behind it, and no process frees leases that ran out: all jobs must end without that.
   */
  private final boolean kafkaKeeps;

  private int jobsToCome;

  /** What was wanted of a job whose id was returned. */
  private record Wanted(String target, long items, JobRequest request) {}

  /**
   * @param off rules to be switched off, to see whether the simulation notices
   */
  Simulation(SimulatedStack stack, long seed, Set<Rule> off) {
    this.stack = stack;
    this.seed = seed;
    this.off = off;
    this.random = new SplittableRandom(seed);
    this.broker = new SimulatedBroker(random.split(), stack.clock(), SimulatedStack.LEASES.lease());
    this.faults = new Faults(random.split(), this::othersGoOn);
    this.jobsToCome = 1 + random.nextInt(2);
    this.kafkaKeeps = random.nextBoolean();
  }

  /**
   * Plays the schedule.
   *
   * @throws Violation if a promise was broken
   */
  void play() {
    stack.ledger().clear();
    stack.begin(faults, off, stopped);
    var jitter = random.split();
    var offDuties = EnumSet.noneOf(Rule.class);
    offDuties.addAll(off);
    if (kafkaKeeps) {
      offDuties.add(Rule.RESCUE);
    }
    for (var place : stack.places()) {
      processes.add(
          new SimulatedProcess(
              place.jdbi(),
              place.store(),
              effects(processes.size()),
              processes.size() % 2 == 0,
              this::publish,
              events(),
              jitter,
              offDuties));
    }
    try {
      for (int turn = 0; turn < TURNS; turn++) {
        anyTurn();
      }
      quiet();
      told.forEach((job, wanted) -> stack.ledger().check(job, wanted.items()));
      dryRuns.forEach((job, request) -> stack.ledger().checkDryRun(job, DRY_TARGETS.size()));
      told.values().stream().map(Wanted::target).distinct().forEach(this::checkTurns);
    } catch (Violation e) {
      throw new Violation("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private void checkTurns(String target) {
    stack
        .ledger()
        .checkTurns(
            told.entrySet().stream()
                .filter(job -> job.getValue().target().equals(target))
                .map(Map.Entry::getKey)
                .toList());
  }

  /**
   * Runs the quiet phase: no faults happen any more, and processes that died have been started
   * again.
   */
  private void quiet() {
    faults.end();
    broker.becomeReliable();
    allJobs().forEach(job -> turn(processes.get(0), () -> resume(processes.get(0), job)));
    for (int round = 0; round < QUIET_ROUNDS; round++) {
      if (stack.ledger().allEnded()) {
        return;
      }
      var first = processes.get(0);
      stack
          .ledger()
          .waiting()
          .forEach(job -> turn(first, () -> publish(first.approve(job, APPROVER))));
      first.duties().forEach(duty -> turn(first, duty::runOnce));
      for (int n = 0; n < 10; n++) {
        for (var process : processes) {
          turn(process, () -> poll(process));
        }
      }
      stack.clock().advance(QUIET_PAUSE);
    }
    throw new Violation("a job has no end; open are: " + stack.ledger().open());
  }

  private void othersGoOn(Duration pause) {
    stack.clock().advance(pause);
    for (int turns = 1 + random.nextInt(4); turns > 0; turns--) {
      anyTurn();
    }
  }

  private void anyTurn() {
    var free = processes.stream().filter(process -> !process.busy()).toList();
    if (free.isEmpty()) {
      return;
    }
    var process = free.get(random.nextInt(free.size()));
    int dice = random.nextInt(100);
    if (dice < 10 && jobsToCome > 0) {
      jobsToCome--;
      turn(process, () -> submit(process));
    } else if (dice < 13 && anyJobIsTold()) {
      turn(process, () -> cancel(process));
    } else if (dice < 15 && anyJobIsTold()) {
      turn(process, () -> pause(process, anyJob()));
    } else if (dice < 18 && anyJobIsTold()) {
      turn(process, () -> resume(process, anyJob()));
    } else if (dice < 19 && anyJobIsTold()) {
      turn(process, () -> process.changePriority(anyJob(), 1 + random.nextInt(5)));
    } else if (dice < 20 && anyJobIsTold()) {
      // A rate that keeps nobody waiting: a wait would be in real time.
      turn(process, () -> process.changeRate(anyJob(), random.nextBoolean() ? null : 1_000_000));
    } else if (dice < 21 && !kafkaKeeps) {
      broker.forgetAll();
      turn(process, process::kafkaWasWiped);
    } else if (dice < 44) {
      var duties = process.duties();
      var duty = duties.get(random.nextInt(duties.size()));
      turn(process, duty::runOnce);
    } else if (dice < 48 && !dryRuns.isEmpty()) {
      turn(process, () -> runPlan(process));
    } else if (dice < 51 && !told.isEmpty()) {
      turn(process, () -> retry(process));
    } else if (dice < 53 && anyJobIsTold()) {
      turn(process, () -> publish(process.approve(anyJob(), APPROVER)));
    } else if (dice < 60) {
      stack.clock().advance(Duration.ofMillis(random.nextInt(2000)));
    } else {
      turn(process, () -> poll(process));
    }
  }

  /**
   * Takes a turn. A process that dies is started again at once; a process that meets an error goes
   * on.
   */
  private static void turn(SimulatedProcess process, Runnable action) {
    try {
      process.turn(action);
    } catch (SimulatedCrash | JdbiException | LeaseLostException e) {
      LOG.trace("turn ended by {}", e.toString());
    } catch (RuntimeException e) {
      throw new Violation("an error that nobody expects: " + e, e);
    }
  }

  private void poll(SimulatedProcess process) {
    var taken = broker.take(1 + random.nextInt(SEVERAL));
    if (taken.isEmpty()) {
      return;
    }
    try {
      process.run(taken, () -> !faults.over() && random.nextInt(100) < 8);
    } catch (SimulatedCrash | RuntimeException e) {
      taken.forEach(broker::release);
      if (e instanceof CommandOpenException) {
        return;
      }
      throw e;
    }
    if (faults.losesAnswer()) {
      taken.forEach(broker::release);
    } else {
      taken.forEach(broker::accept);
    }
  }

  private void submit(SimulatedProcess process) {
    var parameters =
        TallyParameters.of(1 + random.nextInt(4), 5 + random.nextInt(20))
            .pages(1 + random.nextInt(2));
    if (random.nextInt(8) == 0) {
      parameters = parameters.bad("s0-" + random.nextInt(parameters.items()));
    }
    var target = random.nextBoolean() ? "@a:x" : "@b:x";
    boolean dry = random.nextInt(4) == 0;
    var request =
        JobRequest.of(
                JobParameters.of(new TallyContract(), parameters),
                TargetSource.of(dry ? DRY_TARGETS : List.of(target)),
                random.nextBoolean() ? "@admin:x" : "@other:x")
            .withTerms(dry ? DRY : JobTerms.USUAL)
            .approvedBy(random.nextInt(3) == 0 ? BY_SOMEBODY_ELSE : null);
    var accepted = (Acceptance.Accepted) process.accept(request);
    if (dry) {
      dryRuns.put(accepted.job(), request);
    } else {
      told.put(accepted.job(), new Wanted(target, items(request), request));
    }
    order.put(accepted.job().value(), order.size());
    publish(accepted.commands());
  }

  private static long items(JobRequest request) {
    var parameters = (TallyParameters) request.parameters().values();
    return (long) parameters.segments() * parameters.items();
  }

  /** A plan may be run again and again, and has one run. */
  private void runPlan(SimulatedProcess process) {
    var plans = List.copyOf(dryRuns.keySet());
    var plan = plans.get(random.nextInt(plans.size()));
    var request = dryRuns.get(plan).withTerms(JobTerms.USUAL).from(JobOrigin.plan(plan));
    process.run(plan, request).ifPresent(answer -> tell(answer, "the plan " + plan, request));
  }

  /** A job that has ended may be retried again and again, and has one retry. */
  private void retry(SimulatedProcess process) {
    var jobs = List.copyOf(told.keySet());
    var former = jobs.get(random.nextInt(jobs.size()));
    var wanted = told.get(former);
    var request = wanted.request().from(new JobOrigin(null, former, null));
    process.retry(former, request).ifPresent(answer -> tell(answer, wanted.target(), request));
  }

  /** Tells the job that was accepted, if this call was the one that made it. */
  private void tell(Acceptance answer, String target, JobRequest request) {
    if (answer instanceof Acceptance.Accepted accepted) {
      told.put(accepted.job(), new Wanted(target, items(request), request));
      order.put(accepted.job().value(), order.size());
      publish(accepted.commands());
    }
  }

  private void cancel(SimulatedProcess process) {
    var job = anyJob();
    process.cancel(job);
    stopped.add(job);
    cancelled.add(job);
  }

  /**
   * Others go on during the call. A job that they resume meanwhile may have work begun although
   * this call held it.
   */
  private void pause(SimulatedProcess process, JobId job) {
    int before = resumptions.getOrDefault(job, 0);
    if (process.pauses(job) && resumptions.getOrDefault(job, 0) == before) {
      stopped.add(job);
    }
  }

  private void resume(SimulatedProcess process, JobId job) {
    goesOn(job);
    try {
      publish(process.resume(job));
    } finally {
      goesOn(job);
    }
  }

  private void goesOn(JobId job) {
    resumptions.merge(job, 1, Integer::sum);
    if (!cancelled.contains(job)) {
      stopped.remove(job);
      stack.goesOn(job);
    }
  }

  private JobId anyJob() {
    var jobs = allJobs();
    return jobs.get(random.nextInt(jobs.size()));
  }

  private boolean anyJobIsTold() {
    return !told.isEmpty() || !dryRuns.isEmpty();
  }

  private List<JobId> allJobs() {
    var jobs = new ArrayList<>(told.keySet());
    jobs.addAll(dryRuns.keySet());
    return jobs;
  }

  private void publish(List<PublishableCommand> commands) {
    if (!commands.isEmpty()) {
      faults.before("publish");
      broker.publish(commands, order);
    }
  }

  private JobEventPublisher events() {
    return new JobEventPublisher() {
      @Override
      public void publishEvent(JobEvent event) {
        faults.before("tell");
      }

      @Override
      public boolean publishEvents(List<JobEvent> events) {
        faults.before("tell");
        return !faults.losesAnswer();
      }
    };
  }

  /**
   * Checks that no batch begins after its job was stopped. A group of batches asks once, before its
   * first batch.
   */
  private TallyKind.Effects effects(int process) {
    TallyKind.Effects effects =
        off.contains(Rule.EFFECT_AND_CHECKPOINT) ? Simulation::apart : TallyKind.Effects.TOGETHER;
    return (database, job, commit, effect, record) ->
        effects.commit(
            database,
            job,
            commit,
            handle -> {
              if (stack.stoppedAtFence(process).contains(job)) {
                throw new Violation("a batch began after its job was told to stop");
              }
              effect.accept(handle);
            },
            record);
  }

  private static void apart(
      Jdbi database, JobId job, StageCommit commit, Consumer<Handle> effect, Runnable record) {
    commit.fence();
    database.useTransaction(effect::accept);
    record.run();
  }
}
