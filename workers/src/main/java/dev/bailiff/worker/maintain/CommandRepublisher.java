package dev.bailiff.worker.maintain;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import dev.bailiff.duty.Duty;
import dev.bailiff.job.store.JobUpkeep;
import dev.bailiff.kafka.CommandPublisher;

/**
 * Rule 4: publishes the commands of segments that are ready and due. It covers lost commands,
 * retries, snoozes and scheduled jobs.
 */
public final class CommandRepublisher implements Duty {
  private static final int PAGE = 500;

  private final JobUpkeep upkeep;
  private final CommandPublisher publisher;
  private final Meter republished;

  public CommandRepublisher(JobUpkeep upkeep, CommandPublisher publisher, MetricRegistry metrics) {
    this.upkeep = upkeep;
    this.publisher = publisher;
    this.republished = metrics.meter("bailiff.republished");
  }

  @Override
  public boolean runOnce() {
    var commands = upkeep.republish(PAGE);
    republished.mark(commands.size());
    publisher.publish(commands);
    return commands.size() >= PAGE;
  }
}
