package dev.bailiff.worker;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.job.JobKind;
import dev.bailiff.kafka.Topics;
import dev.bailiff.worker.consume.CommandDispatcher;
import dev.bailiff.worker.consume.CommandLoop;
import dev.bailiff.worker.consume.DeadLetterPublisher;
import dev.bailiff.worker.consume.GatedRunner;
import dev.bailiff.worker.consume.Slots;
import dev.bailiff.worker.consume.StoreGate;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.run.Runners;
import dev.bailiff.worker.run.ShortSegments;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the slots of a worker: some for each kind that the worker can do, and express slots for all
 * kinds.
 */
final class SlotWiring {
  private static final Logger LOG = LoggerFactory.getLogger(SlotWiring.class);

  private final WorkerSettings settings;
  private final WorkerConnections connections;
  private final Runners runners;
  private final Topics topics;
  private final StoreGate gate;
  private final DeadLetterPublisher deadLetters;
  private final List<JobKind> subscribed;

  SlotWiring(
      WorkerSettings settings,
      WorkerConnections connections,
      Runners runners,
      MetricRegistry metrics) {
    this.settings = settings;
    this.connections = connections;
    this.runners = runners;
    this.topics = settings.kafka().topics();
    this.gate = new StoreGate(connections.store().leases()::ping);
    this.deadLetters = new DeadLetterPublisher(connections.deadLetters(), metrics);
    this.subscribed = subscribed(settings, connections.kinds());
  }

  /**
   * The kinds that this worker can do: it has slots for them, and a media folder if they need one.
   */
  private static List<JobKind> subscribed(WorkerSettings settings, WorkerKinds kinds) {
    return kinds.names().stream()
        .filter(kind -> settings.slots().of(kind) > 0)
        .filter(kind -> !kinds.needsMediaFolder(kind) || settings.mediaFolder() != null)
        .toList();
  }

  Slots slots() {
    LOG.info("this worker does {}", subscribed);
    var slots = new Slots();
    addSlotsOfKinds(slots);
    addExpressSlots(slots);
    return slots;
  }

  /** How many slots there are, by kind, and {@code express}. */
  Map<String, Integer> numbers() {
    var numbers = new TreeMap<String, Integer>();
    subscribed.forEach(kind -> numbers.put(kind.name(), settings.slots().of(kind)));
    if (settings.slots().express() > 0) {
      numbers.put("express", settings.slots().express());
    }
    return numbers;
  }

  private void addSlotsOfKinds(Slots slots) {
    var shortSegments = new ShortSegments();
    var dispatcher = dispatcher(shortSegments);
    for (var kind : subscribed) {
      for (int n = 0; n < settings.slots().of(kind); n++) {
        slots.add(
            new CommandLoop(
                settings.name() + "-" + kind + "-" + n,
                topics.commands(kind),
                topics.group(kind),
                settings.kafka(),
                dispatcher,
                () -> shortSegments.areShort(kind.name())));
      }
    }
  }

  /**
   * A person waits for the answer of an express slot, so each express slot takes one command a
   * poll. Its runs say nothing about the segments in the queues of the kinds.
   */
  private void addExpressSlots(Slots slots) {
    var dispatcher = dispatcher(new ShortSegments());
    for (int n = 0; n < settings.slots().express(); n++) {
      slots.add(
          new CommandLoop(
              settings.name() + "-express-" + n,
              topics.express(),
              topics.expressGroup(),
              settings.kafka(),
              dispatcher,
              () -> false));
    }
  }

  private CommandDispatcher dispatcher(ShortSegments shortSegments) {
    return new CommandDispatcher(
        new GatedRunner(runners.groups(shortSegments), gate),
        deadLetters,
        connections.kinds().names(),
        subscribed,
        connections.publisher(),
        topics);
  }
}
