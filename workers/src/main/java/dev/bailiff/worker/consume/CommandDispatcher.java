package dev.bailiff.worker.consume;

import dev.bailiff.job.JobKind;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.CommandSerde;
import dev.bailiff.kafka.CommandUnreadableException;
import dev.bailiff.worker.run.SegmentRunner;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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
  private final Set<String> kinds;
  private final CommandPublisher publisher;

  /**
   * @param kinds what this worker can do
   * @param publisher for what it cannot
   */
  public CommandDispatcher(
      SegmentRunner runner,
      DeadLetterPublisher deadLetters,
      Collection<JobKind> kinds,
      CommandPublisher publisher) {
    this.runner = runner;
    this.deadLetters = deadLetters;
    this.kinds = kinds.stream().map(JobKind::name).collect(Collectors.toUnmodifiableSet());
    this.publisher = publisher;
  }

  /** Works the command, or puts it aside; returns the answer to give. */
  public AcknowledgeType dispatch(
      ConsumerRecord<String, byte[]> received, BooleanSupplier draining) {
    if (draining.getAsBoolean()) {
      return AcknowledgeType.RELEASE;
    }
    try {
      var command = CommandSerde.readCommand(received.value());
      if (kinds.contains(command.kind())) {
        runner.run(command, received.deliveryCount().orElse((short) 1), draining);
      } else {
        // Express commands are of any kind. On the kind's own topic those listen who can do it; if
        // this is lost, the store publishes it again.
        publisher.publish(List.of(new PublishableCommand(command, false)));
      }
      return AcknowledgeType.ACCEPT;
    } catch (CommandUnreadableException e) {
      deadLetters.publish(received, e);
      return AcknowledgeType.ACCEPT;
    }
  }
}
