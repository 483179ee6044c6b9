package dev.bailiff.worker.simulation;

import dev.bailiff.job.PublishableCommand;
import dev.bailiff.schemas.command.SegmentCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A share group as the engine sees it. A command that is taken and not accepted comes again, with a
 * higher delivery count; it also comes again when its consumer's lock has run out. In a schedule
 * with faults the group loses commands, doubles commands, and delivers them in any order.
 */
final class SimulatedBroker {
  private static final int LOST = 80;
  private static final int TWICE = 80;

  private final SplittableRandom random;
  private final SimulatedClock clock;
  private final Duration lock;
  private final List<Delivery> waiting = new ArrayList<>();
  private final List<Delivery> taken = new ArrayList<>();
  private boolean reliable;

  /**
   * A command that a consumer holds.
   *
   * @param count 1-based delivery count
   * @param lockedUntil simulated time at which the consumer's lock ends
   */
  record Delivery(SegmentCommand command, int count, Duration lockedUntil) {}

  SimulatedBroker(SplittableRandom random, SimulatedClock clock, Duration lock) {
    this.random = random;
    this.clock = clock;
    this.lock = lock;
  }

  /** Ends the loss and the doubling of commands. */
  void becomeReliable() {
    reliable = true;
  }

  /**
   * Adds commands to the group.
   *
   * @param order order of the jobs; their ids give none, because ids are not part of the schedule
   */
  void publish(List<PublishableCommand> commands, Map<UUID, Integer> order) {
    commands.stream()
        .map(PublishableCommand::command)
        .sorted(
            Comparator.comparing((SegmentCommand c) -> order.getOrDefault(c.jobId(), -1))
                .thenComparing(SegmentCommand::stage)
                .thenComparing(SegmentCommand::segment))
        .forEach(this::add);
  }

  private void add(SegmentCommand command) {
    int dice = reliable ? 1000 : random.nextInt(1000);
    if (dice < LOST) {
      return;
    }
    waiting.add(new Delivery(command, 0, Duration.ZERO));
    if (dice < LOST + TWICE) {
      waiting.add(new Delivery(command, 0, Duration.ZERO));
    }
  }

  /** Drops all commands, as when Kafka was wiped. */
  void forgetAll() {
    waiting.clear();
    taken.clear();
  }

  /**
   * The next deliveries, locked for the caller, all of one job. A group of several jobs would be
   * worked in the order of their ids, and ids are not part of the schedule.
   *
   * @param most largest number of deliveries
   */
  List<Delivery> take(int most) {
    for (var held : List.copyOf(taken)) {
      if (held.lockedUntil().compareTo(clock.elapsed()) <= 0) {
        taken.remove(held);
        waiting.add(held);
      }
    }
    if (waiting.isEmpty()) {
      return List.of();
    }
    var first = waiting.get(random.nextInt(waiting.size()));
    var next = new ArrayList<Delivery>();
    next.add(first);
    waiting.stream()
        .filter(other -> other != first)
        .filter(other -> other.command().jobId().equals(first.command().jobId()))
        .limit(most - 1)
        .forEach(next::add);
    var deliveries = new ArrayList<Delivery>();
    for (var one : next) {
      waiting.removeIf(other -> other == one);
      deliveries.add(new Delivery(one.command(), one.count() + 1, clock.elapsed().plus(lock)));
    }
    taken.addAll(deliveries);
    return deliveries;
  }

  /** Accepts a delivery for a consumer that is done with it; has no effect if the lock was lost. */
  void accept(Delivery delivery) {
    taken.remove(delivery);
  }

  /** Makes the command come again, because its consumer or the consumer's answer is gone. */
  void release(Delivery delivery) {
    if (taken.remove(delivery)) {
      waiting.add(delivery);
    }
  }
}
