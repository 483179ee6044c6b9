package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.JobUpkeep;
import dev.bailiff.kafka.JobEventPublisher;

/** Sends transitions of jobs until Kafka has acknowledged them. */
public final class TransitionPublisher implements Duty {
  private static final int PAGE = 500;

  private final JobUpkeep upkeep;
  private final JobEventPublisher publisher;

  public TransitionPublisher(JobUpkeep upkeep, JobEventPublisher publisher) {
    this.upkeep = upkeep;
    this.publisher = publisher;
  }

  @Override
  public boolean runOnce() {
    return upkeep.sendTransitions(PAGE, publisher::publishEvents) == PAGE;
  }
}
