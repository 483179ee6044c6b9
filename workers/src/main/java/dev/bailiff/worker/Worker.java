package dev.bailiff.worker;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.database.OldLayoutException;
import dev.bailiff.duty.DutyLoop;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.DutyTerms;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.DeadLetterTopic;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.worker.consume.CommandDispatcher;
import dev.bailiff.worker.consume.CommandLoop;
import dev.bailiff.worker.consume.DeadLetterPublisher;
import dev.bailiff.worker.consume.GatedRunner;
import dev.bailiff.worker.consume.Slots;
import dev.bailiff.worker.consume.StoreGate;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.maintain.ClockWatch;
import dev.bailiff.worker.maintain.CommandRepublisher;
import dev.bailiff.worker.maintain.Duties;
import dev.bailiff.worker.maintain.JobPruner;
import dev.bailiff.worker.maintain.JobSettler;
import dev.bailiff.worker.maintain.SegmentRescuer;
import dev.bailiff.worker.maintain.TransitionPublisher;
import dev.bailiff.worker.maintain.Upkeep;
import dev.bailiff.worker.run.GroupRunner;
import dev.bailiff.worker.run.Kinds;
import dev.bailiff.worker.run.ProgressPublisher;
import dev.bailiff.worker.run.RunConfig;
import dev.bailiff.worker.run.RunListener;
import dev.bailiff.worker.run.SegmentRunner;
import dev.bailiff.worker.run.ShortRuns;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: slots that take commands, and the duties that make up for workers that died. Starts
 * without Kafka and without the database being there; work begins when they are.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** After this without a connection the store is away, and others get the command in hand. */
  private static final io.dropwizard.util.Duration CONNECTING =
      io.dropwizard.util.Duration.seconds(3);

  /** Below the 10 s that a stop may take. */
  private static final Duration DRAIN = Duration.ofSeconds(7);

  private final Database database;
  private final Homeserver homeserver;
  private final KafkaPublisher publisher;
  private final KafkaSetup setup;
  private final DeadLetterTopic deadLetters;
  private final DutyLoop transitions = new DutyLoop("transitions");
  private final Slots slots = new Slots();
  private @Nullable Upkeep upkeep;

  private Worker(
      Database database,
      Homeserver homeserver,
      KafkaPublisher publisher,
      KafkaSetup setup,
      DeadLetterTopic deadLetters) {
    this.database = database;
    this.homeserver = homeserver;
    this.publisher = publisher;
    this.setup = setup;
    this.deadLetters = deadLetters;
  }

  /**
   * Builds a worker and starts its slots.
   *
   * @param homeserver called once, with the worker's database; the worker closes what it returns.
   *     Transactions of a homeserver in this database must be those of the {@code Jdbi}, so that
   *     effect and checkpoint commit together
   * @throws OldLayoutException if the database answers and has a layout that this release cannot
   *     work on
   */
  public static Worker start(
      WorkerSettings settings,
      Function<Jdbi, Homeserver> homeserver,
      MetricRegistry metrics,
      RunListener listener) {
    var topics = settings.kafka().topics();
    int slots = 0;
    for (var contract : KindContracts.load().all()) {
      slots += settings.slots().of(new JobKind(contract.kind()));
    }
    // One connection a slot, one for each thread of duties that asks the store, and one to spare
    // for health checks.
    var config =
        settings
            .database()
            .withAtLeast(slots + settings.slots().express() + 3)
            .waitingAtMost(CONNECTING)
            .refusingOldLayout();
    refuseOldLayout(config);
    var database = Database.open(config, settings.name());
    var store = JobStore.on(database.jdbi(), settings.leases());
    var backend = homeserver.apply(database.jdbi());
    var kinds = Kinds.load(new StageServices(backend, store.targets()));
    var publisher = new KafkaPublisher(settings.kafka());
    var setup = new KafkaSetup(settings.kafka(), kinds.names());
    var worker =
        new Worker(database, backend, publisher, setup, new DeadLetterTopic(settings.kafka()));
    var progress = new ProgressPublisher(store.leases(), publisher, Clock.systemUTC());
    var transitionPublisher = new TransitionPublisher(store.upkeep(), publisher);
    var parts =
        new SegmentRunner.Parts(
            store,
            kinds,
            publisher,
            progress,
            RunConfig.DEFAULT,
            new MeteredRuns(metrics, listener, () -> worker.transitions.soon(transitionPublisher)),
            () -> ThreadLocalRandom.current().nextLong());
    var runner = new SegmentRunner(parts, settings.name());
    var subscribed = subscribed(settings, kinds);
    LOG.info("this worker does {}", subscribed);
    var gate = new StoreGate(() -> answers(store));
    var deadLetters = new DeadLetterPublisher(worker.deadLetters, metrics);
    var shortRuns = new ShortRuns();
    var dispatcher =
        new CommandDispatcher(
            new GatedRunner(new GroupRunner(parts, runner, shortRuns, settings.name()), gate),
            deadLetters,
            kinds.names(),
            subscribed,
            publisher,
            topics);
    for (var kind : subscribed) {
      for (int n = 0; n < settings.slots().of(kind); n++) {
        worker.slots.add(
            new CommandLoop(
                settings.name() + "-" + kind + "-" + n,
                topics.commands(kind),
                topics.group(kind),
                settings.kafka(),
                dispatcher,
                () -> shortRuns.areShort(kind.name())));
      }
    }
    // Whoever waits for an express slot waits for a person: each takes one command a poll, and its
    // runs say nothing about the segments in the queues of the kinds.
    var expressDispatcher =
        new CommandDispatcher(
            new GatedRunner(new GroupRunner(parts, runner, new ShortRuns(), settings.name()), gate),
            deadLetters,
            kinds.names(),
            subscribed,
            publisher,
            topics);
    for (int n = 0; n < settings.slots().express(); n++) {
      worker.slots.add(
          new CommandLoop(
              settings.name() + "-express-" + n,
              topics.express(),
              topics.expressGroup(),
              settings.kafka(),
              expressDispatcher,
              () -> false));
    }
    var duties =
        new Duties(
            new CommandRepublisher(store.upkeep(), publisher, metrics),
            new SegmentRescuer(store.upkeep(), metrics),
            new JobSettler(store, kinds, publisher),
            new ClockWatch(store.upkeep()),
            () -> worker.transitions.soon(transitionPublisher),
            store.upkeep());
    var upkeep =
        new Upkeep(
            new Upkeep.Parts(
                settings.kafka(),
                setup,
                settings.name(),
                new DutyTerms(database.jdbi(), settings.leases(), settings.name()),
                duties,
                new JobPruner(store.pruning(), settings.retention())),
            worker.slots::startMissing,
            worker.slots::rebuild);
    worker.upkeep = upkeep;
    upkeep.start();
    return worker;
  }

  /** A database that does not answer yet is asked on each connection that is made later. */
  private static void refuseOldLayout(DatabaseConfig config) {
    try {
      Database.probe(config);
    } catch (SQLException e) {
      LOG.info("this worker starts without the database: {}", e.getMessage());
    }
  }

  private static boolean answers(JobStore store) {
    try {
      store.leases().ping();
      return true;
    } catch (JdbiException e) {
      return false;
    }
  }

  /** The kinds that this worker can do: it has slots for them, and the media folder if need be. */
  private static List<JobKind> subscribed(WorkerSettings settings, Kinds kinds) {
    return kinds.names().stream()
        .filter(kind -> settings.slots().of(kind) > 0)
        .filter(kind -> !kinds.needsMediaFolder(kind) || settings.mediaFolder() != null)
        .toList();
  }

  /** The worker's database, for health checks. */
  public Database database() {
    return database;
  }

  /** What keeps this worker from its work now, a sentence each; empty if nothing does. */
  public List<String> complaints() {
    return Stream.of(
            slots.complaints(),
            transitions.complaint().stream().toList(),
            upkeep == null ? List.<String>of() : upkeep.complaints())
        .flatMap(List::stream)
        .toList();
  }

  /** Whether sends to Kafka get through. */
  public boolean isKafkaHealthy() {
    return publisher.isHealthy();
  }

  /**
   * Drains: takes nothing new, ends or gives back what is in hand, closes. At most about ten
   * seconds.
   */
  @Override
  public void close() {
    slots.drain(DRAIN);
    if (upkeep != null) {
      upkeep.close();
    }
    transitions.close();
    publisher.close();
    deadLetters.close();
    setup.close();
    homeserver.close();
    database.close();
  }
}
