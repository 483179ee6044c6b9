package dev.bailiff.worker.consume;

import dev.bailiff.job.JobKind;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.kafka.CommandSerde;
import dev.bailiff.kafka.CommandUnreadableException;
import dev.bailiff.kafka.Topics;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.worker.consume.DeadLetterPublisher.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Works delivered commands or puts them aside, and returns the answers to Kafka.
 *
 * <p>"Accept" does not mean that the segment is done. It means that this delivery can do no more:
 * the store publishes the rest again.
 *
 * <p>"Release" has three uses: the worker drains, a dead letter could not be written in time, or
 * the outcome of a command is unknown. In the last case an unseen lease may stand behind the
 * command, and its next delivery takes that lease over. The next delivery comes at once, and Kafka
 * delivers a command only five times. So while the store is away, the worker first leaves its share
 * groups.
 *
 * <p>A command becomes a dead letter if this release has no contract of its kind: somebody forged
 * the command, or it comes from a newer release. In the second case nothing is lost. The store
 * publishes the command again, the third time on the kind's own topic, and only workers that know
 * the kind listen there. So one command leaves at most two dead letters.
 */
public final class CommandDispatcher {
  private final GatedRunner runner;
  private final DeadLetterPublisher deadLetters;
  private final Set<String> known;
  private final Set<String> done;
  private final CommandPublisher publisher;
  private final Topics topics;

  /**
   * @param known kinds of this release
   * @param done the known kinds that this worker can do
   * @param publisher sends the other commands on to workers that can do them
   */
  public CommandDispatcher(
      GatedRunner runner,
      DeadLetterPublisher deadLetters,
      Collection<JobKind> known,
      Collection<JobKind> done,
      CommandPublisher publisher,
      Topics topics) {
    this.runner = runner;
    this.deadLetters = deadLetters;
    this.known = names(known);
    this.done = names(done);
    this.publisher = publisher;
    this.topics = topics;
  }

  /** The gate that shows the slots whether they may take commands. */
  StoreGate gate() {
    return runner.gate();
  }

  private static Set<String> names(Collection<JobKind> kinds) {
    return kinds.stream().map(JobKind::name).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The answers to Kafka for a poll.
   *
   * @param each one answer a record, in the order of the records
   * @param junk number of records that were not commands
   */
  record Answers(List<AcknowledgeType> each, int junk) {}

  /** Works the commands of a poll, or puts them aside. */
  Answers dispatch(List<ConsumerRecord<byte[], byte[]>> received, BooleanSupplier draining) {
    if (draining.getAsBoolean()) {
      return new Answers(Collections.nCopies(received.size(), AcknowledgeType.RELEASE), 0);
    }
    var ours = new ArrayList<Delivered>();
    var others = new ArrayList<PublishableCommand>();
    var refused = new ArrayList<Refused>();
    var taken = new HashSet<ConsumerRecord<byte[], byte[]>>();
    for (var one : received) {
      try {
        var command = CommandSerde.readCommand(one.value());
        if (done.contains(command.kind())) {
          ours.add(new Delivered(command, one.deliveryCount().orElse((short) 1)));
          taken.add(one);
        } else {
          others.add(forOthers(command, one.topic()));
        }
      } catch (CommandUnreadableException e) {
        refused.add(new Refused(one, String.valueOf(e.getMessage())));
      }
    }
    publisher.publish(others);
    var late = deadLetters.publish(refused);
    boolean finished = runner.isDone(ours, draining);
    var answers =
        received.stream()
            .map(
                one ->
                    late.contains(one) || !finished && taken.contains(one)
                        ? AcknowledgeType.RELEASE
                        : AcknowledgeType.ACCEPT)
            .toList();
    return new Answers(answers, refused.size());
  }

  /**
   * Sends an express command on to its kind's own topic, where only workers listen that can do the
   * kind. If the command is lost on the way, the store publishes it again. A command never goes
   * back to the topic that it came from: it would circulate forever.
   */
  private PublishableCommand forOthers(SegmentCommand command, String from)
      throws CommandUnreadableException {
    if (!known.contains(command.kind())) {
      throw new CommandUnreadableException("its kind is not known here");
    }
    if (from.equals(topics.commands(new JobKind(command.kind())))) {
      throw new CommandUnreadableException("its kind is not done by those who listen to it");
    }
    return new PublishableCommand(command, false);
  }
}
