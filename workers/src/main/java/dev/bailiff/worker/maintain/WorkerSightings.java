package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.store.WorkerRegister;
import dev.bailiff.kafka.KafkaSetup;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes which workers are there, for all of them at once: Kafka knows the slots, and each slot has
 * the name of its worker. Run by the leader of the duties alone, so that the cost does not grow
 * with the number of workers (decision 0071).
 */
public final class WorkerSightings implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSightings.class);

  private final KafkaSetup setup;
  private final WorkerRegister register;
  private final Pattern slot;

  public WorkerSightings(KafkaSetup setup, WorkerRegister register, Collection<JobKind> kinds) {
    this.setup = setup;
    this.register = register;
    this.slot =
        Pattern.compile(
            Stream.concat(Stream.of("express"), kinds.stream().map(JobKind::name))
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(.+?)-(?:", ")-[0-9]+")));
  }

  @Override
  public boolean runOnce() {
    Set<String> slots;
    try {
      slots = setup.slotNames();
    } catch (KafkaException e) {
      LOG.info("Kafka did not say which workers are there: {}", e.getMessage());
      return false;
    }
    register.seen(
        slots.stream().map(this::worker).flatMap(Optional::stream).collect(Collectors.toSet()));
    return false;
  }

  /** The worker that a slot belongs to; empty if the name is not one of ours. */
  Optional<String> worker(String name) {
    var matcher = slot.matcher(name);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
