package dev.bailiff.worker.run;

import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the progress of jobs, at most twice a second a job. The worker that moves the stage's
 * mark on by half a second publishes. An event may be lost; the store has the numbers.
 */
public final class ProgressPublisher {
  private final SegmentLeases leases;
  private final JobEventPublisher publisher;
  private final Clock clock;

  public ProgressPublisher(SegmentLeases leases, JobEventPublisher publisher, Clock clock) {
    this.leases = leases;
    this.publisher = publisher;
    this.clock = clock;
  }

  /**
   * Publishes progress after a committed batch, if half a second has passed.
   *
   * @param speed on a remote homeserver; null if it is not known
   */
  public void batchCommitted(Segment segment, @Nullable String speed) {
    if (leases.takesProgressTurn(segment.lease().key(), speed)) {
      publisher.publishEvent(event("progress", segment));
    }
  }

  /** Publishes the end of a stage after its last segment. Waiting callers then read the store. */
  public void stageEnded(Segment segment) {
    publisher.publishEvent(event("stage", segment));
  }

  private JobEvent event(String type, Segment segment) {
    return new JobEvent(
        JobEvent.VERSION,
        type,
        null,
        segment.job().id().value(),
        segment.job().kind().name(),
        null,
        null,
        segment.lease().key().stage(),
        clock.instant());
  }
}
