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
 * A share group as the engine sees it: what is taken and not accepted comes again, with a higher
 * delivery count, also when its consumer's lock has run out. In a schedule with faults it loses
 * commands, has them twice, and hands them out in no order.
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
   * A command in somebody's hands.
   *
   * @param count 1-based
   */
  record Delivery(SegmentCommand command, int count, Duration lockedUntil) {}

  SimulatedBroker(SplittableRandom random, SimulatedClock clock, Duration lock) {
    this.random = random;
    this.clock = clock;
    this.lock = lock;
  }

  /** From now on nothing is lost. */
  void becomeReliable() {
    reliable = true;
  }

  /**
   * Takes commands in.
   *
   * @param order of jobs, as their ids are no part of the schedule
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

  /** Kafka was wiped. */
  void forgetAll() {
    waiting.clear();
    taken.clear();
  }

  /**
   * The next deliveries, locked for the caller, all of one job: what a group does with several is
   * done in the order of their ids, which are no part of the schedule.
   *
   * @param most how many there may be
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

  /** The consumer is done with it; without effect if the lock was lost. */
  void accept(Delivery delivery) {
    taken.remove(delivery);
  }

  /** The consumer is gone, or its answer was: the command comes again. */
  void release(Delivery delivery) {
    if (taken.remove(delivery)) {
      waiting.add(delivery);
    }
  }
}
