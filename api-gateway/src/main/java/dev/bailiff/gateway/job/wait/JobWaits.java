package dev.bailiff.gateway.job.wait;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.access.OperatorToken;
import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.gateway.auth.hold.HeldTokens;
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
 * the wait. That event may come before the call begins to wait, so these events are remembered for
 * a while, for all jobs. Events can be lost, so all waits are also read again once a second, in one
 * query. A call holds no thread and no connection while it waits.
 *
 * <p><b>Concurrency:</b> thread-safe. Each call is answered exactly once, by the first of these:
 * the end of the job, the deadline of the call, the revocation of its token, or the stop of this
 * gateway.
 */
public final class JobWaits implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(JobWaits.class);
  // For reading and replying; a few are enough, as a job has at most one reading at a time.
  private static final int THREADS = 4;
  // Far more events than come between the commit of a job and its wait.
  private static final int MOVED = 10_000;

  private final JobReader jobs;
  private final HeldTokens tokens;
  private final WaitConfig config;
  // One wait a job: every waiting call submits a job of its own.
  private final Map<JobId, Wait> waits = new ConcurrentHashMap<>();
  private final Set<JobId> reading = ConcurrentHashMap.newKeySet();
  // Only a few lines of this process run between the commit of a job and its wait, so a short time
  // is enough.
  private final Cache<JobId, Boolean> moved =
      Caffeine.newBuilder().maximumSize(MOVED).expireAfterWrite(Duration.ofSeconds(10)).build();
  private final ScheduledThreadPoolExecutor executor;
  private final GuardedRound round = new GuardedRound("job-waits", this::runOnce);
  private volatile boolean stopping;

  public JobWaits(JobReader jobs, HeldTokens tokens, WaitConfig config) {
    this.jobs = jobs;
    this.tokens = tokens;
    this.config = config;
    this.executor = new ScheduledThreadPoolExecutor(THREADS, DaemonThreads.named("job-waits"));
    // Deadlines of answered calls must neither pile up nor delay a stop.
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public void start() {
    long pause = config.reread().toMilliseconds();
    executor.scheduleWithFixedDelay(round, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Answers {@code response} when the job has come far enough, or with 202 at the deadline. */
  public void answer(
      JobId job,
      Preference preference,
      Optional<OperatorToken> token,
      WaitedReply reply,
      AsyncResponse response) {
    var patience = preference.patience(config);
    var wait = new Wait(job, reply, response);
    waits.put(job, wait);
    if (stopping || patience.isZero()) {
      end(wait);
      return;
    }
    try {
      wait.hold(tokens.hold(token, () -> executor.execute(() -> answer(wait, wait.revoked()))));
      // The wait is registered by now, so an event that is not remembered yet finds it.
      if (moved.getIfPresent(job) != null) {
        read(List.of(job));
      }
      if (waits.containsKey(job)) {
        wait.deadline(
            executor.schedule(() -> end(wait), patience.toMillis(), TimeUnit.MILLISECONDS));
      } else {
        wait.release();
      }
    } catch (RuntimeException e) {
      // The job is stored, so the call must learn its id, even if the store or this gateway goes
      // away just now.
      LOG.warn("job={} cannot be waited for: {}", job, e.toString());
      end(wait);
    }
  }

  /** Handles an event of a job. It does not read the store, as the listening thread calls it. */
  public void onEvent(JobEvent event) {
    if (!mayEndWaits(event)) {
      return;
    }
    var job = new JobId(event.jobId());
    moved.put(job, true);
    // One reading of a job at a time is enough: the next reading sees every change during this one.
    if (!stopping && waits.containsKey(job) && reading.add(job)) {
      try {
        executor.execute(
            () -> {
              reading.remove(job);
              runOnce(List.of(job));
            });
      } catch (RejectedExecutionException e) {
        // This gateway began to stop just now. The stop answers the call.
        reading.remove(job);
      }
    }
  }

  /** A call is answered when its job ends or asks for an approval, or at the end of a stage. */
  private static boolean mayEndWaits(JobEvent event) {
    return switch (event.type()) {
      case "stage" -> true;
      case "transition" -> event.to() != null && endsWaits(JobStatus.of(event.to()));
      default -> false;
    };
  }

  private static boolean endsWaits(JobStatus status) {
    return status.isTerminal() || status == JobStatus.AWAITING_APPROVAL;
  }

  /** Reads all waits again. */
  public void runOnce() {
    runOnce(List.copyOf(waits.keySet()));
  }

  /** The current fault of this loop; empty if there is no fault. */
  public Optional<String> complaint() {
    return round.complaint();
  }

  /** Number of calls that wait now. */
  public int size() {
    return waits.size();
  }

  /** Whether this gateway is stopping and lets no further call wait. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * Answers every waiting call, with 202 unless its job has ended, and lets no further call wait.
   * Returns when all calls are answered or when the time for that is over. The remaining calls are
   * then answered without reading their jobs.
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
        answerEnded(wait, job);
      }
    }
  }

  private void answerEnded(Wait wait, JobView job) {
    try {
      answer(wait, wait.over(job));
    } catch (RuntimeException e) {
      // The next reading tries again; the other calls have not waited for this one.
      LOG.warn("job={} has ended, but its reply could not be read: {}", job.id(), e.toString());
    }
  }

  /**
   * Ends a wait at its deadline or at the stop. A job that has ended by now still gets its final
   * reply.
   */
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
