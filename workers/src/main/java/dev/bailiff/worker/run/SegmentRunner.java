package dev.bailiff.worker.run;

import dev.bailiff.database.DatabaseAway;
import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.LeaseLostException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.StopRequestedException;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.run.StageBehind.Worked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what a command points to: takes the lease, works batch after batch, and after about two
 * seconds gives the segment back so that others have their turn. A stage that ends is settled here,
 * and a small job's next stage is worked in the same run.
 *
 * <p>Nothing here is needed to be safe: whatever this process does not get to do after a commit
 * (publish, settle, give back) is done again from the store by the classes in {@code
 * worker.maintain}. Thread-safe; one run a thread.
 */
public final class SegmentRunner {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentRunner.class);
  private static final Duration PROGRESS_PAUSE = Duration.ofMillis(500);
  private static final Consumer<Recorded> NOTHING_BEHIND = recorded -> {};

  private final JobStore store;
  private final Kinds kinds;
  private final CommandPublisher publisher;
  private final ProgressPublisher progress;
  private final RunConfig config;
  private final RetryPolicy retries;
  private final PatientStore patiently;
  private final GivingUp givingUp;
  private final FollowUp follow;
  private final Heir heir;
  private final Away away;
  private final RunListener listener;
  private final String owner;
  private final Map<String, BatchSizer> sizers = new ConcurrentHashMap<>();

  /**
   * What a runner needs.
   *
   * @param jitter of the waits between attempts; asked by all threads
   */
  public record Parts(
      JobStore store,
      Kinds kinds,
      CommandPublisher publisher,
      ProgressPublisher progress,
      RunConfig config,
      RunListener listener,
      RandomGenerator jitter) {}

  /**
   * @param owner names this worker in leases
   */
  public SegmentRunner(Parts parts, String owner) {
    this.store = parts.store();
    this.kinds = parts.kinds();
    this.publisher = parts.publisher();
    this.progress = parts.progress();
    this.config = parts.config();
    this.listener = parts.listener();
    this.retries = new RetryPolicy(store.leases().config().retryBackoff(), parts.jitter());
    this.patiently = new PatientStore(config.storeWait(), retries);
    this.givingUp = new GivingUp(store.leases());
    this.follow = new FollowUp(parts);
    this.heir = new Heir(store, publisher, patiently, follow);
    this.away = new Away(store.leases(), patiently, retries);
    this.owner = owner;
  }

  /**
   * Takes the lease that a command points to, if there is anything to do for it. What is of a newer
   * release is left alone: leasing it would use up its attempts. The store publishes it again,
   * until somebody takes it who knows its kind and stage.
   *
   * @return the segment of the command; if this is not its first delivery, perhaps another one,
   *     which its former owner had reached
   * @throws CommandOpenException if the store did not answer, so that a lease may have been taken
   */
  Optional<Segment> lease(SegmentCommand command, int delivery) {
    var known = kinds.stageNames(command.kind());
    if (known.isEmpty()) {
      LOG.info("not known here: kind={}", command.kind());
      return Optional.empty();
    }
    var leased = patiently.once(() -> store.leases().lease(command, delivery, owner, known.get()));
    if (leased.isPresent() || delivery == 1) {
      return leased;
    }
    return heir.takeOver(
        command.kind(), new Holder(owner, Delivery.of(command, delivery)), known.get());
  }

  /**
   * Works a segment that is leased already.
   *
   * @param draining whether this worker is told to stop
   * @param yieldAfter after this it is given back
   * @return the time that went into its work
   * @throws CommandOpenException if a lease may be left behind, so that the command must not be
   *     accepted
   */
  Duration run(Segment leased, BooleanSupplier draining, Duration yieldAfter) {
    long end = System.nanoTime() + yieldAfter.toNanos();
    long toldAt = System.nanoTime();
    var split = new BatchSplit();
    var time = new WorkTime();
    Optional<Segment> current = Optional.of(leased);
    while (current.isPresent()) {
      var segment = current.get();
      if (draining.getAsBoolean() || System.nanoTime() > end) {
        patiently
            .once(() -> store.leases().yield(segment))
            .ifPresent(command -> publisher.publish(List.of(command)));
        return time.total();
      }
      time.resume();
      current = step(segment, split, time);
      time.pause();
      if (System.nanoTime() - toldAt > PROGRESS_PAUSE.toNanos()) {
        tellProgress(segment);
        toldAt = System.nanoTime();
      }
    }
    return time.total();
  }

  /** One batch, and what follows from it. Empty if this run is over. */
  private Optional<Segment> step(Segment segment, BatchSplit split, WorkTime time) {
    var sizer = sizer(segment);
    int size = split.of(sizer.size());
    try {
      return batch(segment, sizer, size, split, time);
    } catch (LeaseLostException e) {
      // It may have been the batch that outlasted the lease.
      sizer.shrink();
      LOG.info(
          "lease lost job={} stage={} segment={}", id(segment), stage(segment), number(segment));
      return Optional.empty();
    } catch (StopRequestedException e) {
      follow.stopped(segment);
      return Optional.empty();
    } catch (StageBehindFailedException e) {
      LOG.info(
          "stage by stage from now on job={} stage={}: {}",
          id(segment),
          stage(segment),
          e.toString());
      split.stageByStage();
      return Optional.of(segment);
    } catch (BatchRefusedException e) {
      return refused(segment, size, split, time, e);
    } catch (HomeserverUnavailableException e) {
      sizer.shrink();
      return away.homeserver(segment, e);
    } catch (JdbiException e) {
      sizer.shrink();
      return DatabaseAway.says(e) ? away.store(segment, e) : afterLostAnswer(segment, e);
    } catch (RuntimeException e) {
      LOG.warn(
          "batch failed job={} stage={} segment={}",
          id(segment),
          stage(segment),
          number(segment),
          e);
      return afterLostAnswer(segment, e);
    }
  }

  private Optional<Segment> batch(
      Segment segment, BatchSizer sizer, int size, BatchSplit split, WorkTime time) {
    var stage = kinds.stage(segment);
    var context = kinds.context(segment);
    var behind = new StageBehind(kinds, store.leases(), this::batchSize, time);
    if (segment.lease().attempt() > 1 || store.leases().config().maxAttempts() == 1) {
      // The stage behind it may have killed its worker.
      split.stageByStage();
    }
    var commit = alone(segment, time, split.isStageByStage() ? NOTHING_BEHIND : behind);
    if (givingUp.isDue(segment)) {
      return giveUp(segment, stage, commit);
    }
    var range = segment.range();
    if (range == null) {
      var page = stage.plan(context, cursor(segment));
      var adopted = adopted(segment, page);
      int attempt = segment.lease().attempt();
      boolean tried = attempt > 1 || attempt >= store.leases().config().maxAttempts();
      boolean late = context.deadline().isOver();
      if (adopted == null || !page.failures().isEmpty() || split.plansFirst() || tried || late) {
        return planned(segment, page, adopted, commit, behind);
      }
      // One commit for the plan and the first batch. If it fails, the segment is planned again, and
      // the plan is committed first: what is given up can be listed only by its range.
      commit.adopt(adopted);
      range = adopted.value();
      context = kinds.context(segment);
    }
    long begin = System.nanoTime();
    var outcome = stage.work(context, range, cursor(segment), size, commit);
    var took = Duration.ofNanos(System.nanoTime() - begin);
    long items = outcome.items();
    if (size == sizer.size()) {
      sizer.learn(items, took);
    }
    listener.batchCommitted(segment.job().kind().name(), stage.name(), items, took);
    var next = outcome.next();
    return afterCommit(
        segment.at(range, next == null ? null : next.value()),
        commit.recorded(),
        outcome.goesOn(),
        behind);
  }

  /** Follows up a batch that was committed, and the stages that were worked with it. */
  private Optional<Segment> afterCommit(
      Segment segment, Recorded recorded, boolean goesOn, StageBehind behind) {
    var last = new Worked(segment, recorded, goesOn, 0, Duration.ZERO);
    for (var worked : behind.worked()) {
      follow.ended(last.segment(), last.recorded());
      listener.batchCommitted(
          segment.job().kind().name(), worked.segment().stage(), worked.items(), worked.took());
      last = worked;
    }
    return follow.up(last.segment(), last.recorded(), last.goesOn());
  }

  private SegmentCommit alone(Segment segment, WorkTime time, Consumer<Recorded> behind) {
    return SegmentCommit.alone(
        store.leases(), segment.lease(), kinds.stageNames(segment), time, behind);
  }

  private Optional<Segment> planned(
      Segment segment,
      Stage.PlanPage page,
      @Nullable Range adopted,
      SegmentCommit commit,
      StageBehind behind) {
    commit.recordPlan(page, adopted);
    var next = page.next();
    var goesOn =
        adopted == null
            ? segment.at(null, next == null ? null : next.value())
            : segment.at(adopted.value(), null);
    return afterCommit(goesOn, commit.recorded(), next != null || adopted != null, behind);
  }

  /** A stage that fits one segment is worked by the segment that planned it. */
  private static @Nullable Range adopted(Segment segment, Stage.PlanPage page) {
    return segment.checkpoint() == null ? page.only() : null;
  }

  /** Rule for bad data: half the batch, down to the one item, which is listed as failed. */
  private Optional<Segment> refused(
      Segment segment, int size, BatchSplit split, WorkTime time, BatchRefusedException cause) {
    if (split.halve(size)) {
      return Optional.of(segment);
    }
    if (segment.range() == null) {
      if (split.plansFirst()) {
        // It is the plan that is refused, however small its batches are.
        return afterLostAnswer(segment, cause);
      }
      // The bad item can be told only of a segment whose range is stored.
      split.planFirst();
      return Optional.of(segment);
    }
    LOG.warn(
        "item refused job={} stage={} segment={}",
        id(segment),
        stage(segment),
        number(segment),
        cause);
    split.end();
    try {
      var commit = alone(segment, time, NOTHING_BEHIND);
      var next = givingUp.one(segment, kinds.stage(segment), kinds.context(segment), commit, cause);
      return follow.up(
          segment.at(segment.range(), next == null ? null : next.value()),
          commit.recorded(),
          next != null);
    } catch (LeaseLostException e) {
      return Optional.empty();
    } catch (StopRequestedException e) {
      follow.stopped(segment);
      return Optional.empty();
    } catch (HomeserverUnavailableException e) {
      return away.homeserver(segment, e);
    } catch (JdbiException e) {
      return DatabaseAway.says(e) ? away.store(segment, e) : afterLostAnswer(segment, e);
    }
  }

  private Optional<Segment> giveUp(Segment segment, Stage stage, SegmentCommit commit) {
    var next = givingUp.page(segment, stage, kinds.context(segment), commit);
    LOG.warn(
        "segment given up job={} stage={} segment={}",
        id(segment),
        stage(segment),
        number(segment));
    if (next == null) {
      return follow.up(segment, commit.recorded(), false);
    }
    // The attempts stay above the bound in our hands, so that the next page is given up as well.
    publisher.publish(commit.recorded().released());
    return Optional.of(segment.at(segment.range(), next.value()));
  }

  /**
   * The batch failed, or its answer was lost: it may have been committed. So the segment is read
   * again before anything else is done; the checkpoint tells. If it is still ours it is given back
   * with a wait.
   */
  private Optional<Segment> afterLostAnswer(Segment segment, RuntimeException cause) {
    away.held(segment, cause);
    var delay = retries.delay(segment.lease().attempt());
    LOG.warn(
        "segment retried in {} job={} stage={} segment={} attempt={}: {}",
        delay,
        id(segment),
        stage(segment),
        number(segment),
        segment.lease().attempt(),
        cause.toString());
    patiently.ask(() -> store.leases().retryLater(segment.lease(), delay, cause.toString()));
    return Optional.empty();
  }

  private void tellProgress(Segment segment) {
    try {
      progress.batchCommitted(segment);
    } catch (JdbiException e) {
      LOG.debug("progress not told: {}", e.toString());
    }
  }

  /** Items of the next batch of a segment. */
  int batchSize(Segment segment) {
    return sizer(segment).size();
  }

  private BatchSizer sizer(Segment segment) {
    var stage = kinds.stage(segment);
    return sizers.computeIfAbsent(
        segment.job().kind() + "/" + stage.name(),
        name -> new BatchSizer(stage.batches(), config.batchTarget()));
  }

  private static @Nullable Cursor cursor(Segment segment) {
    return segment.checkpoint() == null ? null : new Cursor(segment.checkpoint());
  }

  private static JobId id(Segment segment) {
    return segment.job().id();
  }

  private static int stage(Segment segment) {
    return segment.lease().key().stage();
  }

  private static int number(Segment segment) {
    return segment.lease().key().segment();
  }
}
