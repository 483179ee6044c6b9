package dev.bailiff.kafka;

import dev.bailiff.job.PublishableCommand;
import java.util.List;

/**
 * Publishes commands after the commit that made them due. Never blocks, never throws; the store
 * publishes lost commands again.
 */
@FunctionalInterface
public interface CommandPublisher {

  /** Sends the commands on another thread. */
  void publish(List<PublishableCommand> commands);
}
