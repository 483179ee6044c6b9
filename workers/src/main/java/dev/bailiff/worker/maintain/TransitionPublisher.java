package dev.bailiff.worker.maintain;

import dev.bailiff.job.store.JobUpkeep;
import dev.bailiff.kafka.KafkaPublisher;

/** Sends transitions of jobs until Kafka has acknowledged them. */
public final class TransitionPublisher implements Duty {
  private static final int PAGE = 500;

  private final JobUpkeep upkeep;
  private final KafkaPublisher publisher;

  public TransitionPublisher(JobUpkeep upkeep, KafkaPublisher publisher) {
    this.upkeep = upkeep;
    this.publisher = publisher;
  }

  @Override
  public boolean runOnce() {
    return upkeep.sendTransitions(PAGE, publisher::tellAll) == PAGE;
  }
}
