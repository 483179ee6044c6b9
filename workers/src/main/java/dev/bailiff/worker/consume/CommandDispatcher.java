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
 * Answers delivered commands. Accept means "this delivery has done what it could", not "the segment
 * is done": the store publishes again whatever is left. Release is for draining, for what could not
 * be put aside in time, and for what is still open: a lease may stand behind the command of which
 * nobody knows here, and its next delivery takes that over. It comes at once, and there are only
 * five, so while the store is away the worker leaves its groups first.
 *
 * <p>A command of a kind that this release has no contract of is a dead letter: it is forged, or of
 * a newer release. Then nothing is lost, as the store publishes it again, the third time on the
 * kind's own topic, where only those listen who know it; so it leaves two dead letters at most.
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
   * @param done what this worker can do of them
   * @param publisher for what it cannot
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

  /** Shows the slots whether they may take commands. */
  StoreGate gate() {
    return runner.gate();
  }

  private static Set<String> names(Collection<JobKind> kinds) {
    return kinds.stream().map(JobKind::name).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The answers to Kafka for a poll.
   *
   * @param each answer, in the order of the records
   * @param junk how many of them were no commands
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
   * Express commands are of any kind. On the kind's own topic those listen who can do it; if this
   * is lost, the store publishes it again. Nothing goes back to the topic that it came from, where
   * it would go round for ever.
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
