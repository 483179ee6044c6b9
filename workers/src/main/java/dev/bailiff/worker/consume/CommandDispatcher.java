package dev.bailiff.worker.consume;

import dev.bailiff.kafka.CommandSerde;
import dev.bailiff.kafka.CommandUnreadableException;
import dev.bailiff.worker.run.SegmentRunner;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers one delivered command. Accept means "this delivery has done what it could", not "the
 * segment is done": the store publishes again whatever is left. Release is for draining alone, as
 * it redelivers at once and only five times.
 */
public final class CommandDispatcher {
  private final SegmentRunner runner;
  private final DeadLetterPublisher deadLetters;

  public CommandDispatcher(SegmentRunner runner, DeadLetterPublisher deadLetters) {
    this.runner = runner;
    this.deadLetters = deadLetters;
  }

  /** Works the command, or puts it aside; returns the answer to give. */
  public AcknowledgeType dispatch(
      ConsumerRecord<String, byte[]> received, BooleanSupplier draining) {
    if (draining.getAsBoolean()) {
      return AcknowledgeType.RELEASE;
    }
    try {
      runner.run(
          CommandSerde.readCommand(received.value()),
          received.deliveryCount().orElse((short) 1),
          draining);
      return AcknowledgeType.ACCEPT;
    } catch (CommandUnreadableException e) {
      deadLetters.publish(received, e);
      return AcknowledgeType.ACCEPT;
    }
  }
}
