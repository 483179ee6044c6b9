package dev.bailiff.worker;

import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.database.OldLayoutException;
import dev.bailiff.guard.GuardRails;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.DeadLetterTopic;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.worker.guard.GuardedStage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resources that a worker keeps open until it is closed: its database, its homeserver, and its
 * producers for Kafka.
 *
 * @param store the job store in the database
 * @param kinds the kinds, with stages that work on the homeserver and the store
 */
record WorkerConnections(
    Database database,
    JobStore store,
    Homeserver homeserver,
    WorkerKinds kinds,
    KafkaPublisher publisher,
    KafkaSetup setup,
    DeadLetterTopic deadLetters)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerConnections.class);

  /**
   * After this time without a connection the store counts as away, and other workers get the
   * command in hand.
   */
  private static final io.dropwizard.util.Duration CONNECTING =
      io.dropwizard.util.Duration.seconds(3);

  /**
   * Connections beside those of the slots: the term of the duties and the duty that runs, the
   * pruning, the audit, the presence, the transitions, the webhooks, and the health checks.
   */
  private static final int BESIDE_SLOTS = 8;

  static WorkerConnections open(WorkerSettings settings, Function<Jdbi, Homeserver> homeserver) {
    var config =
        settings
            .database()
            .withAtLeast(slots(settings) + BESIDE_SLOTS)
            .waitingAtMost(CONNECTING)
            .refusingOldLayout();
    refuseOldLayout(config);
    var opened = new ArrayDeque<AutoCloseable>();
    try {
      var database = Database.open(config, settings.name());
      opened.push(database);
      var store = JobStore.on(database.jdbi(), settings.leases());
      var backend = homeserver.apply(database.jdbi());
      opened.push(backend);
      var services = new StageServices(backend, store.targets());
      var rails = new GuardRails(settings.guard(), backend.guard());
      var kinds = WorkerKinds.load(services, stage -> GuardedStage.of(stage, rails, services));
      var publisher = new KafkaPublisher(settings.kafka());
      opened.push(publisher);
      var setup = new KafkaSetup(settings.kafka(), kinds.names());
      opened.push(setup);
      var deadLetters = new DeadLetterTopic(settings.kafka());
      return new WorkerConnections(database, store, backend, kinds, publisher, setup, deadLetters);
    } catch (RuntimeException e) {
      opened.forEach(one -> closeAfter(e, one));
      throw e;
    }
  }

  private static void closeAfter(RuntimeException failure, AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Looks at the layout once. A worker may start before its database answers; in that case each new
   * connection is checked.
   *
   * @throws OldLayoutException if the database answers and has the layout of an older release
   */
  private static void refuseOldLayout(DatabaseConfig config) {
    try {
      Database.probe(config);
    } catch (SQLException e) {
      LOG.info("this worker starts without the database: {}", e.getMessage());
    }
  }

  /** Number of slots; each may have a connection in hand. */
  private static int slots(WorkerSettings settings) {
    int slots = settings.slots().express();
    for (var contract : KindContracts.load().all()) {
      slots += settings.slots().of(new JobKind(contract.kind()));
    }
    return slots;
  }

  /** Closes each of them, also if one fails. */
  @Override
  @SuppressWarnings("EmptyTryBlock") // the resources are the work
  public void close() {
    try (database;
        homeserver;
        setup;
        deadLetters;
        publisher) {
      // in the reverse order
    }
  }
}
