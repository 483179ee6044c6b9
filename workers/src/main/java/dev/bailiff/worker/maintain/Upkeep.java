package dev.bailiff.worker.maintain;

import dev.bailiff.duty.Duty;
import dev.bailiff.duty.DutyLoop;
import dev.bailiff.job.store.DutyTerms;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.worker.maintain.DutyLeader.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a worker does beside its slots: keeps an eye on Kafka, leads the duties or watches who does,
 * and prunes while it leads.
 */
public final class Upkeep implements AutoCloseable {
  private static final Duration WATCH = Duration.ofSeconds(2);
  private static final Duration PRUNING = Duration.ofMinutes(1);

  private final DutyLoop kafkaWatch = new DutyLoop("kafka-watch");
  private final DutyLoop pruning = new DutyLoop("pruning");
  private final KafkaWatch watch;
  private final WatcherGroup watchers;
  private final DutyLeader leader;
  private final Duty pruner;

  /**
   * What it works on.
   *
   * @param name of this worker
   * @param pruner run by the leader alone, on a thread of its own, as it may take long
   */
  public record Parts(
      KafkaConfig kafka,
      KafkaSetup setup,
      String name,
      DutyTerms terms,
      Duties duties,
      Duty pruner) {}

  /**
   * @param startConsumers called whenever Kafka answers: starts those that are missing
   * @param rebuildConsumers called when Kafka came back empty
   */
  public Upkeep(Parts parts, Runnable startConsumers, Runnable rebuildConsumers) {
    this.pruner = parts.pruner();
    this.leader = new DutyLeader(parts.terms(), parts.duties(), this::standing, System::nanoTime);
    this.watchers =
        new WatcherGroup(parts.kafka(), parts.name(), leader::isLeading, leader::runNow);
    this.watch =
        new KafkaWatch(
            parts.setup(),
            new KafkaWatch.Listener() {
              @Override
              public void answers() {
                startConsumers.run();
                watchers.startIfMissing();
              }

              @Override
              public void cameBack() {
                leader.kafkaCameBack();
                leader.runNow();
              }

              @Override
              public void wiped() {
                rebuildConsumers.run();
                watchers.rebuild();
              }
            });
  }

  /** Starts its threads. */
  public void start() {
    kafkaWatch.runNow(watch);
    kafkaWatch.every(WATCH, watch);
    pruning.every(PRUNING, () -> leader.isLeading() && pruner.runOnce());
    leader.start();
  }

  private Standing standing() {
    if (watch.isAway()) {
      return Standing.CUT_OFF;
    }
    return watchers.isNamed() ? Standing.WATCHES : Standing.RESTS;
  }

  /** What is wrong with its threads now, a sentence each. */
  public List<String> complaints() {
    return Stream.of(
            leader.complaint(), watchers.complaint(), pruning.complaint(), kafkaWatch.complaint())
        .flatMap(Optional::stream)
        .toList();
  }

  /** Lets another worker lead, and ends its threads. */
  @Override
  public void close() {
    kafkaWatch.close();
    watchers.close();
    pruning.close();
    leader.close();
  }
}
