package dev.bailiff.gateway.job.follow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.job.store.TransitionReader;
import dev.bailiff.log.LogPace;
import dev.bailiff.schemas.event.JobEvent;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of all gateways as they change, for those who follow them on this gateway. An event
 * marks its job, and a moment later all marked jobs are read in one query and told to their
 * followers, each job at most twice a second. Events may be lost, so a gateway with followers also
 * reads which jobs changed their status, once a second, in one query.
 *
 * <p><b>Concurrency:</b> thread-safe. One thread reads and tells, so that a follower gets states of
 * a job in their order; a few others answer calls, as a client that does not read holds them.
 */
public final class JobFeed implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(JobFeed.class);

  /** Events of one batch of changes come together. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private static final Duration BETWEEN = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int READ_AT_ONCE = 500;
  private static final int MOST_MARKED = 10_000;
  private static final int TRANSITIONS = 2_000;
  private static final int ANSWERING_THREADS = 4;
  private static final long UNKNOWN = -1;

  private final JobReader jobs;
  private final TransitionReader transitions;
  private final Duration reread;
  private final Set<Follower> ofAll = ConcurrentHashMap.newKeySet();
  private final Map<JobId, Set<Follower>> ofOne = new ConcurrentHashMap<>();
  private final Set<JobId> marked = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isRoundDue = new AtomicBoolean();
  private final Cache<JobId, Boolean> toldLately =
      Caffeine.newBuilder().maximumSize(MOST_MARKED).expireAfterWrite(BETWEEN).build();
  private final Cache<JobId, Long> told =
      Caffeine.newBuilder()
          .maximumSize(MOST_MARKED)
          .expireAfterWrite(Duration.ofMinutes(10))
          .build();
  private final ScheduledThreadPoolExecutor executor = executor(1, "job-feed");
  private final ScheduledThreadPoolExecutor answering = executor(ANSWERING_THREADS, "job-polls");
  private final GuardedRound rereading = new GuardedRound("job-feed", this::readTransitions);
  private final LogPace failures = new LogPace();
  // Of transitions above the mark; only under the lock of this object, as the mark.
  private final Set<Long> seen = new HashSet<>();
  private long mark = UNKNOWN;
  private volatile boolean isFailing;
  private volatile boolean stopping;

  public JobFeed(JobReader jobs, TransitionReader transitions, FollowConfig config) {
    this.jobs = jobs;
    this.transitions = transitions;
    this.reread = config.reread().toJavaDuration();
  }

  private static ScheduledThreadPoolExecutor executor(int threads, String name) {
    var executor = new ScheduledThreadPoolExecutor(threads, DaemonThreads.named(name));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(
        rereading, reread.toMillis(), reread.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Handles an event of a job. It does not read the store, as the listening thread calls it. */
  public void onEvent(JobEvent event) {
    mark(new JobId(event.jobId()));
  }

  /** The current fault of this loop; empty if there is no fault. */
  public Optional<String> complaint() {
    return rereading.complaint();
  }

  /** Ends all streams and answers all long polls, and lets nobody follow any more. */
  public void drain() {
    stopping = true;
    var all = new ArrayList<Follower>(ofAll);
    ofOne.values().forEach(all::addAll);
    if (!all.isEmpty()) {
      LOG.info("{} streams and long polls end, as this gateway stops", all.size());
    }
    all.forEach(JobFeed::stop);
    DaemonThreads.stop(answering, Duration.ofSeconds(1));
  }

  private static void stop(Follower follower) {
    try {
      follower.stop();
    } catch (RuntimeException e) {
      LOG.warn("a stream could not be ended: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    if (!stopping) {
      drain();
    }
    executor.shutdownNow();
    answering.shutdownNow();
  }

  /** Begins to tell a follower. Whoever wants the state of before reads it after this call. */
  void add(Follower follower) {
    var job = follower.job();
    if (job == null) {
      ofAll.add(follower);
    } else {
      ofOne.compute(
          job,
          (id, others) -> {
            var all = others == null ? ConcurrentHashMap.<Follower>newKeySet() : others;
            all.add(follower);
            return all;
          });
    }
    if (stopping) {
      stop(follower);
    }
  }

  void remove(Follower follower) {
    var job = follower.job();
    if (job == null) {
      ofAll.remove(follower);
    } else {
      ofOne.computeIfPresent(
          job,
          (id, others) -> {
            others.remove(follower);
            return others.isEmpty() ? null : others;
          });
    }
  }

  /** Runs a task again and again, or once, until it is cancelled; it must not block. */
  Future<?> every(Duration pause, Runnable task) {
    long millis = pause.toMillis();
    return executor.scheduleWithFixedDelay(task, millis, millis, TimeUnit.MILLISECONDS);
  }

  Future<?> after(Duration pause, Runnable task) {
    return executor.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a task that may have to wait for a client. */
  void answer(Runnable task) {
    try {
      answering.execute(task);
    } catch (RejectedExecutionException e) {
      // This gateway stops, and the client must have its answer.
      task.run();
    }
  }

  /**
   * The number of a transition below which all were told to those who follow. Reads the store if
   * nobody followed before.
   */
  synchronized long mark() {
    if (mark == UNKNOWN) {
      long settled = transitions.newestSettled();
      seen.clear();
      transitions.since(settled, TRANSITIONS).forEach(moved -> seen.add(moved.number()));
      mark = settled;
    }
    return mark;
  }

  private boolean isFollowed(JobId job) {
    return !ofAll.isEmpty() || ofOne.containsKey(job);
  }

  private void mark(JobId job) {
    if (stopping || !isFollowed(job)) {
      return;
    }
    if (marked.size() < MOST_MARKED) {
      marked.add(job);
    } else {
      ofAll.forEach(Follower::missed);
    }
    roundIn(GATHER);
  }

  private void roundIn(Duration pause) {
    if (isRoundDue.compareAndSet(false, true)) {
      try {
        executor.schedule(this::runOnce, pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("this gateway stops");
      }
    }
  }

  private void runOnce() {
    isRoundDue.set(false);
    var due =
        marked.stream()
            .filter(job -> toldLately.getIfPresent(job) == null)
            .limit(READ_AT_ONCE)
            .toList();
    // Before the reading: a change during it marks the job once more.
    due.forEach(marked::remove);
    try {
      tell(due);
      isFailing = false;
      if (!marked.isEmpty()) {
        roundIn(due.size() == READ_AT_ONCE ? GATHER : BETWEEN.dividedBy(5));
      }
    } catch (RuntimeException e) {
      isFailing = true;
      marked.addAll(due);
      long times = failures.due();
      if (times > 0) {
        LOG.warn("followed jobs could not be read ({} times): {}", times, e.toString());
      }
      roundIn(AFTER_FAILURE);
    }
  }

  private void tell(Collection<JobId> due) {
    if (due.isEmpty()) {
      return;
    }
    long from = mark();
    var missing = new HashSet<>(due);
    for (JobView job : jobs.findAll(due)) {
      missing.remove(job.id());
      toldLately.put(job.id(), true);
      var last = told.getIfPresent(job.id());
      if (last == null || last != job.version()) {
        told.put(job.id(), job.version());
        var change = new JobChange(job, from);
        tellAll(ofAll, change);
        tellAll(ofOne.getOrDefault(job.id(), Set.of()), change);
      }
    }
    missing.forEach(job -> List.copyOf(ofOne.getOrDefault(job, Set.of())).forEach(Follower::gone));
  }

  private static void tellAll(Set<Follower> followers, JobChange change) {
    for (var follower : followers) {
      try {
        follower.changed(change);
      } catch (RuntimeException e) {
        // One follower must not keep the news from the others.
        LOG.warn("job={} could not be told to a follower: {}", change.job().id(), e.toString());
      }
    }
  }

  private synchronized void readTransitions() {
    if (ofAll.isEmpty() && ofOne.isEmpty()) {
      mark = UNKNOWN;
      return;
    }
    var moved = transitions.since(mark(), TRANSITIONS);
    long settled = mark;
    for (var one : moved) {
      if (seen.add(one.number())) {
        mark(one.job());
      }
      settled = one.isSettled() ? Math.max(settled, one.number()) : settled;
    }
    if (moved.size() == TRANSITIONS) {
      // So many in a few seconds: rather go on with the later ones than see none of them.
      settled = moved.get(TRANSITIONS - 1).number();
    }
    if (!isFailing) {
      mark = settled;
      seen.removeIf(number -> number <= mark);
    }
  }
}
