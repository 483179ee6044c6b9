package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupCommit;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.GroupLeases.StageRecorded;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works the commands of one poll: one command as {@link SegmentRunner} does; several, which come
 * only while segments are short, with one lease statement and, where their stages allow it, one
 * commit.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> each segment has its own lease, and
 * its effect and checkpoint are in the group's transaction. When that fails, or its answer is lost,
 * each segment is read again and worked alone from where the store says it is.
 *
 * <p>Thread-safe; one poll a thread.
 */
public final class GroupRunner {
  private static final Logger LOG = LoggerFactory.getLogger(GroupRunner.class);

  private final JobStore store;
  private final Kinds kinds;
  private final CommandPublisher publisher;
  private final RunListener listener;
  private final PatientStore patiently;
  private final GivingUp givingUp;
  private final FollowUp follow;
  private final Duration yieldAfter;
  private final Duration groupTime;
  private final SegmentRunner runner;
  private final ShortRuns shortRuns;
  private final String owner;

  /**
   * @param runner works segments alone; made of the same parts
   * @param owner names this worker in leases
   */
  public GroupRunner(
      SegmentRunner.Parts parts, SegmentRunner runner, ShortRuns shortRuns, String owner) {
    this.store = parts.store();
    this.kinds = parts.kinds();
    this.publisher = parts.publisher();
    this.listener = parts.listener();
    this.patiently =
        new PatientStore(
            parts.config().storeWait(),
            new RetryPolicy(store.leases().config().retryBackoff(), parts.jitter()));
    this.givingUp = new GivingUp(store.leases());
    this.follow = new FollowUp(parts);
    this.yieldAfter = parts.config().yieldAfter();
    this.groupTime = parts.config().groupTime();
    this.runner = runner;
    this.shortRuns = shortRuns;
    this.owner = owner;
  }

  /**
   * Works what the commands point to; returns when all may be accepted.
   *
   * @param draining whether this worker is told to stop
   * @throws CommandOpenException if they must not be: a lease may be left of which nobody knows
   *     here, and which their next delivery takes over
   */
  public void run(List<Delivered> commands, BooleanSupplier draining) {
    if (commands.isEmpty()) {
      return;
    }
    try {
      work(commands, draining);
    } catch (JdbiException e) {
      throw new CommandOpenException("the store did not answer: " + e.getMessage(), false, e);
    }
  }

  private void work(List<Delivered> commands, BooleanSupplier draining) {
    var open = new StillOpen();
    work(lease(commands, draining, open), draining, open);
    open.tell();
  }

  private void work(List<Segment> leased, BooleanSupplier draining, StillOpen open) {
    if (leased.size() == 1) {
      alone(leased.get(0), draining, yieldAfter, open);
      return;
    }
    var suspect = leased.stream().filter(next -> next.lease().attempt() > 1).findFirst();
    if (suspect.isPresent()) {
      // It may kill its worker, and would use up the attempts of all that are leased with it.
      giveBack(leased.stream().filter(next -> next != suspect.get()).toList(), open);
      alone(suspect.get(), draining, yieldAfter, open);
      return;
    }
    long end = System.nanoTime() + groupTime.toNanos();
    Queue<Segment> rest = new ArrayDeque<>(together(leased));
    while (!rest.isEmpty()) {
      if (draining.getAsBoolean() || System.nanoTime() > end) {
        giveBack(List.copyOf(rest), open);
        return;
      }
      alone(rest.remove(), draining, rest.isEmpty() ? yieldAfter : groupTime, open);
    }
  }

  private void giveBack(List<Segment> unbegun, StillOpen open) {
    open.unless(() -> publisher.publish(patiently.once(() -> store.groups().yield(unbegun))));
  }

  private List<Segment> leaseOnly(Delivered delivered) {
    return runner.lease(delivered.command(), delivered.delivery()).map(List::of).orElse(List.of());
  }

  /** Those of the first one's kind together: what stages are known depends on the kind. */
  private List<Segment> lease(List<Delivered> commands, BooleanSupplier draining, StillOpen open) {
    if (commands.size() == 1) {
      return leaseOnly(commands.get(0));
    }
    var kind = commands.get(0).command().kind();
    var known = kinds.stageNames(kind);
    var group = commands.stream().filter(next -> next.command().kind().equals(kind)).toList();
    var leased = new ArrayList<Segment>();
    if (known.isPresent() && group.size() > 1) {
      leased.addAll(patiently.once(() -> store.groups().lease(group, owner, known.get())));
    }
    // What is left out was locked just then, if only by a commit that looked whether to publish it,
    // or there is nothing to do for it. Alone, each waits for such a lock.
    var taken = leased.stream().map(next -> next.lease().key()).collect(Collectors.toSet());
    commands.stream()
        .filter(next -> !taken.contains(key(next.command())))
        .forEach(
            next ->
                open.unless(
                    () -> {
                      if (draining.getAsBoolean()) {
                        // Not looked at: something of a former owner may stand behind it.
                        throw new CommandOpenException("this worker is told to stop");
                      }
                      leased.addAll(leaseOnly(next));
                    }));
    return leased;
  }

  private static SegmentKey key(SegmentCommand command) {
    return new SegmentKey(new JobId(command.jobId()), command.stage(), command.segment());
  }

  private void alone(
      Segment segment, BooleanSupplier draining, Duration giveBackAfter, StillOpen open) {
    open.unless(
        () -> {
          var work = runner.run(segment, draining, giveBackAfter);
          shortRuns.learn(segment.job().kind().name(), 1, work);
        });
  }

  /** A batch of each that can share a transaction. Gives what is left to be worked alone. */
  private List<Segment> together(List<Segment> leased) {
    var group = leased.stream().filter(this::isGrouped).toList();
    if (group.size() < 2) {
      return leased;
    }
    var rest = new ArrayList<>(leased);
    rest.removeAll(group);
    long began = System.nanoTime();
    var time = new WorkTime();
    Map<Segment, BatchOutcome> outcomes = new LinkedHashMap<>();
    List<StageRecorded> recorded;
    try {
      recorded =
          store
              .groups()
              .commit(
                  group.stream().map(Segment::lease).toList(),
                  commit -> group.forEach(next -> outcomes.put(next, batch(next, commit, time))));
    } catch (RuntimeException e) {
      LOG.info("a group of {} is worked one by one: {}", group.size(), e.toString());
      var ours = readAgain(group);
      if (e instanceof JdbiException && ours.size() < group.size()) {
        // It was committed, and its answer lost: what had to follow is not known here.
        throw new CommandOpenException("what became of a group is not known", false, e);
      }
      rest.addAll(ours);
      return rest;
    }
    outcomes.forEach((segment, outcome) -> goesOn(segment, outcome, rest));
    shortRuns.learn(group.get(0).job().kind().name(), outcomes.size(), time.total());
    tell(outcomes, began);
    recorded.forEach(
        stage ->
            follow
                .up(anyOf(group, stage.job(), stage.stage()), stage.recorded())
                .ifPresent(rest::add));
    return rest;
  }

  private boolean isGrouped(Segment segment) {
    return segment.range() != null && !givingUp.isDue(segment) && kinds.groupsCommits(segment);
  }

  private BatchOutcome batch(Segment segment, GroupCommit group, WorkTime time) {
    time.resume();
    var commit = SegmentCommit.in(group, segment.lease(), kinds.stageNames(segment), time);
    var range = segment.range();
    var outcome =
        kinds
            .stage(segment)
            .work(
                kinds.context(segment),
                range == null ? "" : range,
                segment.checkpoint() == null ? null : new Cursor(segment.checkpoint()),
                runner.batchSize(segment),
                commit);
    commit.recorded();
    return outcome;
  }

  private static void goesOn(Segment segment, BatchOutcome outcome, List<Segment> rest) {
    var next = outcome.next();
    if (next != null && outcome.later() == null) {
      rest.add(FollowUp.clearedAttempts(segment.at(segment.range(), next.value())));
    }
  }

  private void tell(Map<Segment, BatchOutcome> outcomes, long began) {
    var each = Duration.ofNanos((System.nanoTime() - began) / outcomes.size());
    outcomes.forEach(
        (segment, outcome) ->
            listener.batchCommitted(
                segment.job().kind().name(), kinds.stage(segment).name(), outcome.items(), each));
  }

  private List<Segment> readAgain(List<Segment> group) {
    return group.stream()
        .flatMap(segment -> patiently.ask(() -> store.leases().reread(segment)).stream())
        .toList();
  }

  private static Segment anyOf(List<Segment> group, JobId job, int stage) {
    return group.stream()
        .filter(segment -> segment.lease().key().job().equals(job))
        .filter(segment -> segment.lease().key().stage() == stage)
        .findFirst()
        .orElseThrow();
  }
}
