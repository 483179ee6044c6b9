package dev.bailiff.worker;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.database.Database;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.store.WorkerRegister;
import dev.bailiff.worker.consume.Slots;
import dev.bailiff.worker.maintain.TransitionPublisher;
import dev.bailiff.worker.maintain.Upkeep;
import dev.bailiff.worker.run.ProgressPublisher;
import dev.bailiff.worker.run.RunConfig;
import dev.bailiff.worker.run.RunListener;
import dev.bailiff.worker.run.RunnerDependencies;
import dev.bailiff.worker.run.Runners;
import dev.bailiff.worker.webhook.WebhookDeliveries;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/**
 * A worker: slots that take commands, and the duties that make up for workers that died. A worker
 * starts even if Kafka and the database are away; its work begins when both answer.
 */
public final class Worker implements AutoCloseable {

  /** Less than the 10 s that a stop may take. */
  private static final Duration DRAIN = Duration.ofSeconds(7);

  private final WorkerConnections connections;
  private final TransitionLoop transitions;
  private final WebhookDeliveries webhooks;
  private final Slots slots;
  private final Upkeep upkeep;

  private Worker(
      WorkerConnections connections,
      TransitionLoop transitions,
      WebhookDeliveries webhooks,
      Slots slots,
      Upkeep upkeep) {
    this.connections = connections;
    this.transitions = transitions;
    this.webhooks = webhooks;
    this.slots = slots;
    this.upkeep = upkeep;
  }

  /**
   * Builds a worker and starts its slots.
   *
   * @param homeserver called once, with the worker's database; the worker closes the returned
   *     homeserver. If the homeserver is in this database, it must use the transactions of the
   *     {@code Jdbi}, so that effect and checkpoint commit together
   */
  public static Worker start(
      WorkerSettings settings,
      Function<Jdbi, Homeserver> homeserver,
      MetricRegistry metrics,
      RunListener listener) {
    var connections = WorkerConnections.open(settings, homeserver);
    try {
      return start(settings, connections, metrics, listener);
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
  }

  private static Worker start(
      WorkerSettings settings,
      WorkerConnections connections,
      MetricRegistry metrics,
      RunListener listener) {
    var transitions =
        new TransitionLoop(
            new TransitionPublisher(connections.store().upkeep(), connections.publisher()));
    var items = new LongAdder();
    var runs = new MeteredRuns(metrics, items, listener, transitions::publishNow);
    var runners = new Runners(dependencies(settings.name(), connections, runs));
    var wiring = new SlotWiring(settings, connections, runners, metrics);
    var slots = wiring.slots();
    var entry =
        new WorkerRegister.Entry(
            settings.name(),
            Worker.class.getPackage().getImplementationVersion(),
            wiring.numbers());
    var webhooks =
        new WebhookDeliveries(
            connections.database().jdbi(), settings.name(), settings.webhooks(), metrics);
    var upkeep =
        new UpkeepWiring(settings, connections, transitions, webhooks, entry, items, metrics)
            .upkeep(slots);
    upkeep.start();
    webhooks.start();
    connections
        .homeserver()
        .gauges()
        .forEach((name, gauge) -> metrics.gauge(name, () -> gauge::get));
    return new Worker(connections, transitions, webhooks, slots, upkeep);
  }

  private static RunnerDependencies dependencies(
      String owner, WorkerConnections connections, RunListener listener) {
    var store = connections.store();
    var publisher = connections.publisher();
    return new RunnerDependencies(
        owner,
        store,
        connections.kinds(),
        publisher,
        new ProgressPublisher(store.leases(), publisher, Clock.systemUTC()),
        RunConfig.DEFAULT,
        listener,
        () -> ThreadLocalRandom.current().nextLong());
  }

  /** The worker's database, for health checks. */
  public Database database() {
    return connections.database();
  }

  /**
   * The current faults that keep this worker from its work, one sentence each; empty if it works.
   */
  public List<String> complaints() {
    return Stream.of(
            slots.complaints(),
            transitions.complaint().stream().toList(),
            webhooks.complaint().stream().toList(),
            upkeep.complaints())
        .flatMap(List::stream)
        .toList();
  }

  /** Whether Kafka takes the messages that this worker sends. */
  public boolean isKafkaHealthy() {
    return connections.publisher().isHealthy();
  }

  /**
   * Drains: takes no new commands, ends or gives back the segments in hand, and closes the
   * connections. Takes about ten seconds at most.
   */
  @Override
  public void close() {
    slots.drain(DRAIN);
    upkeep.close();
    webhooks.close();
    transitions.close();
    connections.close();
  }
}
