package dev.bailiff.gateway.job.wait;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.JobReader;
import dev.bailiff.schemas.event.JobEvent;
import io.dropwizard.lifecycle.Managed;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of this gateway that wait for a job. The store is read only after an event that may end
 * the wait. A job may be that far before its call begins to wait, so such events are remembered for
 * a while, of all jobs. Whatever events are lost, all waits are read again once a second, in one
 * query. A call holds no thread and no connection while it waits.
 *
 * <p><b>Concurrency:</b> thread-safe. Each call is answered exactly once, by whoever comes first:
 * the end of the job, its deadline, or the stop of this gateway.
 */
public final class JobWaits implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(JobWaits.class);
  // For reading and replying; a few are enough, as each job is read once for all its waits.
  private static final int THREADS = 4;
  // Far more events than come within that moment.
  private static final int MOVED = 10_000;

  private final JobReader jobs;
  private final WaitConfig config;
  // One wait a job: every waiting call submits a job of its own.
  private final Map<JobId, Wait> waits = new ConcurrentHashMap<>();
  private final Set<JobId> reading = ConcurrentHashMap.newKeySet();
  // Between the commit of a job and its wait are some lines of this process: a moment is enough.
  private final Cache<JobId, Boolean> moved =
      Caffeine.newBuilder().maximumSize(MOVED).expireAfterWrite(Duration.ofSeconds(10)).build();
  private final ScheduledThreadPoolExecutor executor;
  private final GuardedRound round = new GuardedRound("job-waits", this::runOnce);
  private volatile boolean stopping;

  public JobWaits(JobReader jobs, WaitConfig config) {
    this.jobs = jobs;
    this.config = config;
    this.executor = new ScheduledThreadPoolExecutor(THREADS, DaemonThreads.named("job-waits"));
    // Deadlines of calls that are answered must not pile up, nor hold up a stop.
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void start() {
    long pause = config.reread().toMilliseconds();
    executor.scheduleWithFixedDelay(round, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Answers {@code response} when the job has come far enough, or with 202 when patience ends. */
  public void answer(JobId job, Preference preference, WaitedReply reply, AsyncResponse response) {
    var patience = preference.patience(config);
    var wait = new Wait(job, reply, response);
    waits.put(job, wait);
    if (stopping || patience.isZero()) {
      end(wait);
      return;
    }
    try {
      // The wait stands by now, so an event that is not remembered yet finds it.
      if (moved.getIfPresent(job) != null) {
        read(List.of(job));
      }
      if (waits.containsKey(job)) {
        wait.deadline(
            executor.schedule(() -> end(wait), patience.toMillis(), TimeUnit.MILLISECONDS));
      }
    } catch (RuntimeException e) {
      // The job is stored, so the call must learn its id, even if the store or this gateway goes
      // away just now.
      LOG.warn("job={} cannot be waited for: {}", job, e.toString());
      end(wait);
    }
  }

  /** Something happened to a job; called from the thread that listens, so it does not read here. */
  public void onEvent(JobEvent event) {
    if (!mayEndWaits(event)) {
      return;
    }
    var job = new JobId(event.jobId());
    moved.put(job, true);
    // One reading at a time is enough for a job: what happens during it is seen by the next one.
    if (!stopping && waits.containsKey(job) && reading.add(job)) {
      try {
        executor.execute(
            () -> {
              reading.remove(job);
              runOnce(List.of(job));
            });
      } catch (RejectedExecutionException e) {
        // This gateway began to stop just now, and the stop answers the call.
        reading.remove(job);
      }
    }
  }

  /** A call is answered at the end of its job, or of one of its stages. */
  private static boolean mayEndWaits(JobEvent event) {
    return switch (event.type()) {
      case "stage" -> true;
      case "transition" -> event.to() != null && JobStatus.of(event.to()).isTerminal();
      default -> false;
    };
  }

  /** Reads all waits again. */
  public void runOnce() {
    runOnce(List.copyOf(waits.keySet()));
  }

  /** What is wrong with this loop now; empty if nothing is. */
  public Optional<String> complaint() {
    return round.complaint();
  }

  /** Number of calls that wait now. */
  public int size() {
    return waits.size();
  }

  /** Whether this gateway lets no call wait any more. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Gives every waiting call its 202 and lets no further call wait. Comes back when all are
   * answered, or when the time for it is over; then the rest is answered with what is known without
   * reading.
   */
  public void drain() {
    stopping = true;
    var open = List.copyOf(waits.values());
    if (!open.isEmpty()) {
      LOG.info("answering {} waiting calls, as this gateway stops", open.size());
    }
    open.forEach(wait -> executor.execute(() -> end(wait)));
    executor.shutdown();
    try {
      if (!executor.awaitTermination(config.drain().toMilliseconds(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} waiting calls are answered without reading their jobs", waits.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List.copyOf(waits.values()).forEach(wait -> answer(wait, wait.tooLate(null)));
  }

  @Override
  public void stop() {
    if (!stopping) {
      drain();
    }
    executor.shutdownNow();
  }

  private void runOnce(Collection<JobId> ids) {
    try {
      read(ids);
    } catch (RuntimeException e) {
      LOG.warn("waiting calls could not be read again: {}", e.toString());
    }
  }

  private void read(Collection<JobId> ids) {
    for (JobView job : jobs.findAll(ids)) {
      var wait = waits.get(job.id());
      if (wait != null && wait.isOver(job)) {
        tell(wait, job);
      }
    }
  }

  private void tell(Wait wait, JobView job) {
    try {
      answer(wait, wait.over(job));
    } catch (RuntimeException e) {
      // Tried again at the next reading, and by then without the others having waited.
      LOG.warn("job={} has ended, but its reply could not be read: {}", job.id(), e.toString());
    }
  }

  /** The deadline, or the stop. An end that was reached by now is still told. */
  private void end(Wait wait) {
    if (!waits.containsKey(wait.job())) {
      return;
    }
    try {
      var job = jobs.find(wait.job());
      boolean over = job.isPresent() && wait.isOver(job.get());
      answer(wait, over ? wait.over(job.orElseThrow()) : wait.tooLate(job.orElse(null)));
    } catch (RuntimeException e) {
      LOG.warn("job={} could not be read for its waiting call: {}", wait.job(), e.toString());
      answer(wait, wait.tooLate(null));
    }
  }

  private void answer(Wait wait, Response reply) {
    if (waits.remove(wait.job(), wait)) {
      wait.answer(reply);
    }
  }
}
