package dev.bailiff.kafka;

import dev.bailiff.job.PublishableCommand;
import java.util.List;

/**
 * Publishes commands after the commit that made them due. Never blocks, never throws; what is lost
 * the store publishes again.
 */
@FunctionalInterface
public interface CommandPublisher {

  /** Sends the commands off the calling thread. */
  void publish(List<PublishableCommand> commands);
}
