package dev.bailiff.kafka;

import dev.bailiff.schemas.event.JobEvent;
import java.util.List;

/** Publishes events of jobs to {@code job-events}. */
public interface JobEventPublisher {

  /**
   * Sends an event whose loss does no harm: progress, the end of a stage. Never blocks, never
   * throws.
   */
  void publishEvent(JobEvent event);

  /** Sends events and waits for the acknowledgements. Returns whether all came in time. */
  boolean publishEvents(List<JobEvent> events);
}
