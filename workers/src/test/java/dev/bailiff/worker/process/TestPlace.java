package dev.bailiff.worker.process;

import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.homeserver.store.media.MediaFiles;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.worker.SlotsConfig;
import dev.bailiff.worker.WorkerSettings;
import dev.bailiff.worker.maintain.RetentionConfig;
import io.dropwizard.util.Duration;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** A database, a broker and short times, for workers inside the test's process and in their own. */
public record TestPlace(
    String jdbcUrl,
    String user,
    String password,
    String bootstrapServers,
    String prefix,
    String mediaFolder) {

  /** System property: seconds that leases last, for tests in which no lease may run out. */
  static final String LEASE_SECONDS = "bailiff.test.lease-seconds";

  /** Short leases and waits; otherwise as in production. */
  public static final LeaseConfig LEASES =
      new LeaseConfig(
          java.time.Duration.ofSeconds(Integer.getInteger(LEASE_SECONDS, 3)),
          java.time.Duration.ofSeconds(2),
          5,
          4,
          java.time.Duration.ofSeconds(1),
          java.time.Duration.ofSeconds(5),
          java.time.Duration.ofMillis(100));

  /** The same place, with a database behind a proxy. */
  public TestPlace databaseAt(String otherJdbcUrl) {
    return new TestPlace(otherJdbcUrl, user, password, bootstrapServers, prefix, mediaFolder);
  }

  /** The same place, with a broker behind a proxy. */
  public TestPlace kafkaAt(String otherServers) {
    return new TestPlace(jdbcUrl, user, password, otherServers, prefix, mediaFolder);
  }

  public KafkaConfig kafka() {
    return new KafkaConfig(
        bootstrapServers,
        prefix,
        Duration.seconds(5),
        Map.of("share.heartbeat.interval.ms", "1000", "share.session.timeout.ms", "6000"));
  }

  public DatabaseConfig database() {
    return new DatabaseConfig(jdbcUrl, user, password);
  }

  public WorkerSettings settings(String name) {
    return new WorkerSettings(
        database(),
        kafka(),
        new SlotsConfig(1, 1),
        LEASES,
        RetentionConfig.DEFAULT,
        mediaFolder,
        name);
  }

  /** Arguments of a {@link WorkerProcess}. */
  public Object[] arguments(String name, String dieAt) {
    return new Object[] {
      jdbcUrl, user, password, bootstrapServers, prefix, name, dieAt, mediaFolder
    };
  }

  /** The homeserver on our own PostgreSQL, with short time-outs. */
  static Homeserver homeserver(Jdbi jdbi, MediaFiles files) {
    return new PostgresHomeserver(
        jdbi, StoreTimeouts.all(LEASES.statementTimeout()), IdentityServers.none(), files);
  }
}
