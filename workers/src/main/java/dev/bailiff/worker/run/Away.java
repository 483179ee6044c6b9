package dev.bailiff.worker.run;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a segment whose batch met a homeserver or a store that is away. Neither costs an
 * attempt, however long it lasts. The batch may have been committed, so the segment is read again
 * before anything else is done: if it is not ours any more, nothing is; else it is given back, and
 * its checkpoint tells whoever takes it next where to go on.
 */
final class Away {
  private static final Logger LOG = LoggerFactory.getLogger(Away.class);

  private final SegmentLeases leases;
  private final PatientStore patiently;
  private final RetryPolicy retries;

  Away(SegmentLeases leases, PatientStore patiently, RetryPolicy retries) {
    this.leases = leases;
    this.patiently = patiently;
    this.retries = retries;
  }

  /** The segment waits, longer each time, and its job says what for. */
  Optional<Segment> homeserver(Segment segment, HomeserverUnavailableException cause) {
    return giveBack(
        segment,
        cause,
        held ->
            leases.waitForHomeserver(
                held.lease(),
                cause.retryAfter().orElse(Duration.ZERO),
                retries.jitter(),
                "the homeserver is away: " + cause.getMessage()));
  }

  /** By the time that the store can be told, it is back. */
  Optional<Segment> store(Segment segment, JdbiException cause) {
    return giveBack(
        segment, cause, held -> leases.snooze(held.lease(), retries.delay(1), cause.toString()));
  }

  /**
   * The segment as the store has it now, after a batch whose answer was lost.
   *
   * @throws CommandOpenException if it is not ours any more: it may be done, and what had to follow
   *     is not; the command's next delivery finds out
   */
  Segment held(Segment segment, RuntimeException cause) {
    return patiently
        .ask(() -> leases.reread(segment))
        .orElseThrow(
            () -> {
              tell("not ours any more", segment, cause);
              return new CommandOpenException("the end of a batch is not known", false, cause);
            });
  }

  private Optional<Segment> giveBack(
      Segment segment, RuntimeException cause, Predicate<Segment> giving) {
    var held = held(segment, cause);
    boolean given = patiently.ask(() -> giving.test(held));
    tell(given ? "segment waits" : "not ours any more", segment, cause);
    return Optional.empty();
  }

  private static void tell(String event, Segment segment, RuntimeException cause) {
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
