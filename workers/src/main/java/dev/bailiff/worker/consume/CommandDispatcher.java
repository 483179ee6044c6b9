package dev.bailiff.worker.consume;

import dev.bailiff.job.JobKind;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.CommandSerde;
import dev.bailiff.kafka.CommandUnreadableException;
import dev.bailiff.worker.run.GroupRunner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Answers delivered commands. Accept means "this delivery has done what it could", not "the segment
 * is done": the store publishes again whatever is left. Release is for draining alone, as it
 * redelivers at once and only five times.
 */
public final class CommandDispatcher {
  private final GroupRunner runner;
  private final DeadLetterPublisher deadLetters;
  private final Set<String> kinds;
  private final CommandPublisher publisher;

  /**
   * @param kinds what this worker can do
   * @param publisher for what it cannot
   */
  public CommandDispatcher(
      GroupRunner runner,
      DeadLetterPublisher deadLetters,
      Collection<JobKind> kinds,
      CommandPublisher publisher) {
    this.runner = runner;
    this.deadLetters = deadLetters;
    this.kinds = kinds.stream().map(JobKind::name).collect(Collectors.toUnmodifiableSet());
    this.publisher = publisher;
  }

  /**
   * Works the commands of a poll, or puts them aside; returns the answers to give, in the same
   * order.
   */
  public List<AcknowledgeType> dispatch(
      List<ConsumerRecord<String, byte[]>> received, BooleanSupplier draining) {
    if (draining.getAsBoolean()) {
      return Collections.nCopies(received.size(), AcknowledgeType.RELEASE);
    }
    var ours = new ArrayList<Delivered>();
    for (var one : received) {
      try {
        var command = CommandSerde.readCommand(one.value());
        if (kinds.contains(command.kind())) {
          ours.add(new Delivered(command, one.deliveryCount().orElse((short) 1)));
        } else {
          // Express commands are of any kind. On the kind's own topic those listen who can do it;
          // if this is lost, the store publishes it again.
          publisher.publish(List.of(new PublishableCommand(command, false)));
        }
      } catch (CommandUnreadableException e) {
        deadLetters.publish(one, e);
      }
    }
    runner.run(ours, draining);
    return Collections.nCopies(received.size(), AcknowledgeType.ACCEPT);
  }
}
