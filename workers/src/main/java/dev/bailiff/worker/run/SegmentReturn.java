package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.worker.run.batch.SegmentWork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a segment back whose batch failed or whose answer was lost. The batch may have been
 * committed, so the segment is first read again. If the segment is no longer ours, nothing is done.
 * Otherwise it is given back, and its checkpoint shows the next owner where to go on. A homeserver
 * or a store that is away costs no attempt, however long it is away.
 *
 * <p>The methods return the work that the run goes on with, which is always empty.
 */
final class SegmentReturn {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentReturn.class);

  private final SegmentLeases leases;
  private final StoreRetry storeRetry;
  private final RetryPolicy retries;

  SegmentReturn(SegmentLeases leases, StoreRetry storeRetry, RetryPolicy retries) {
    this.leases = leases;
    this.storeRetry = storeRetry;
    this.retries = retries;
  }

  /** Has the segment wait, longer each time; its job shows the reason. */
  Optional<SegmentWork> homeserverAway(Segment segment, HomeserverUnavailableException cause) {
    return unlessLost(
        segment,
        cause,
        held ->
            leases.waitForHomeserver(
                held.lease(),
                cause.retryAfter().orElse(Duration.ZERO),
                retries.jitter(),
                "the homeserver is away: " + cause.getMessage()));
  }

  /** Has the segment wait for a moment. The store is back by the time it can record the wait. */
  Optional<SegmentWork> storeAway(Segment segment, JobStoreException cause) {
    return unlessLost(
        segment, cause, held -> leases.snooze(held.lease(), retries.delay(1), cause.toString()));
  }

  /** Has the segment tried again after a wait; the attempt counts. */
  Optional<SegmentWork> failed(Segment segment, RuntimeException cause) {
    requireHeld(segment, cause);
    var lease = segment.lease();
    var delay = retries.delay(lease.attempt());
    LOG.warn(
        "segment retried in {} job={} stage={} segment={} attempt={}: {}",
        delay,
        lease.key().job(),
        lease.key().stage(),
        lease.key().segment(),
        lease.attempt(),
        cause.toString());
    storeRetry.call(() -> leases.retryLater(lease, delay, cause.toString()));
    return Optional.empty();
  }

  /**
   * The segment as the store has it now, after a batch whose answer was lost.
   *
   * @throws CommandOpenException if the segment is no longer ours: it may be done without the work
   *     that has to follow; the command's next delivery finds out
   */
  private Segment requireHeld(Segment segment, RuntimeException cause) {
    return storeRetry
        .call(() -> leases.reread(segment))
        .orElseThrow(
            () -> {
              log("not ours any more", segment, cause);
              return new CommandOpenException("the end of a batch is not known", false, cause);
            });
  }

  private Optional<SegmentWork> unlessLost(
      Segment segment, RuntimeException cause, Predicate<Segment> giving) {
    var held = requireHeld(segment, cause);
    boolean given = storeRetry.call(() -> giving.test(held));
    log(given ? "segment waits" : "not ours any more", segment, cause);
    return Optional.empty();
  }

  private static void log(String event, Segment segment, RuntimeException cause) {
    var key = segment.lease().key();
    LOG.info(
        "{} job={} stage={} segment={}: {}",
        event,
        key.job(),
        key.stage(),
        key.segment(),
        cause.toString());
  }
}
