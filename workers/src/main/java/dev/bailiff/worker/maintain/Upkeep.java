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
 * The work of a worker beside its slots: checks Kafka, leads the duties or watches the leader,
 * prunes and notes who is there while it leads, and says that it is there itself.
 */
public final class Upkeep implements AutoCloseable {
  private static final Duration WATCH = Duration.ofSeconds(2);
  private static final Duration PRUNING = Duration.ofMinutes(1);

  /** Right before the pruning, on its connection: each look at the store alone is one more. */
  private static final Duration SIGHTINGS = PRUNING;

  /** A row of the audit is chained within two seconds. */
  private static final Duration AUDIT = Duration.ofSeconds(1);

  private static final Duration PRESENCE = Duration.ofSeconds(10);

  private final DutyLoop kafkaWatch = new DutyLoop("kafka-watch");
  private final DutyLoop pruning = new DutyLoop("pruning");
  private final DutyLoop auditing = new DutyLoop("audit");
  private final DutyLoop presences = new DutyLoop("presence");
  private final KafkaWatch watch;
  private final WatcherGroup watchers;
  private final DutyLeader leader;
  private final Duty pruner;
  private final Duty webhookPruner;
  private final Duty sightings;
  private final Duty audit;
  private final WorkerPresence presence;

  /**
   * The parts of the upkeep.
   *
   * @param name name of this worker
   * @param pruner run only by the leader, on its own thread, because it may take long
   * @param webhookPruner the same for what is left of webhooks
   * @param sightings run only by the leader
   * @param audit run only by the leader, on its own thread, as it is to be in time
   */
  public record Parts(
      KafkaConfig kafka,
      KafkaSetup setup,
      String name,
      DutyTerms terms,
      Duties duties,
      Duty pruner,
      Duty webhookPruner,
      Duty sightings,
      Duty audit,
      WorkerPresence presence) {}

  /**
   * @param startConsumers called whenever Kafka answers: starts the consumers that are missing
   * @param rebuildConsumers called when Kafka came back empty
   */
  public Upkeep(Parts parts, Runnable startConsumers, Runnable rebuildConsumers) {
    this.pruner = parts.pruner();
    this.webhookPruner = parts.webhookPruner();
    this.sightings = parts.sightings();
    this.audit = parts.audit();
    this.presence = parts.presence();
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

  /** Starts the threads of the upkeep. */
  public void start() {
    kafkaWatch.runNow(watch);
    kafkaWatch.every(WATCH, watch);
    presences.runNow(presence);
    presences.every(PRESENCE, presence);
    pruning.every(SIGHTINGS, () -> leader.isLeading() && sightings.runOnce());
    pruning.every(PRUNING, () -> leader.isLeading() && pruner.runOnce());
    pruning.every(PRUNING, () -> leader.isLeading() && webhookPruner.runOnce());
    auditing.every(AUDIT, () -> leader.isLeading() && audit.runOnce());
    leader.start();
  }

  private Standing standing() {
    if (watch.isAway()) {
      return Standing.CUT_OFF;
    }
    return watchers.isNamed() ? Standing.WATCHES : Standing.RESTS;
  }

  /** The current faults of the threads, one sentence each; empty if all work. */
  public List<String> complaints() {
    return Stream.of(
            leader.complaint(),
            watchers.complaint(),
            pruning.complaint(),
            auditing.complaint(),
            presences.complaint(),
            kafkaWatch.complaint())
        .flatMap(Optional::stream)
        .toList();
  }

  /** Lets another worker lead, and ends the threads. */
  @Override
  public void close() {
    kafkaWatch.close();
    watchers.close();
    pruning.close();
    auditing.close();
    presences.runNow(presence::leave);
    presences.close();
    leader.close();
  }
}
