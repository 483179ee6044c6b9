package dev.bailiff.testing.server;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL and Kafka as containers; Testcontainers removes them after the JVM ends. May be used
 * only where {@link DockerEngine} answers, as the classes of Testcontainers may be missing
 * elsewhere.
 */
final class Containers {
  private Containers() {}

  @SuppressWarnings("resource") // removed by Testcontainers as the JVM ends
  static PostgresAddress startPostgres() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(ServerImages.POSTGRES)
            .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
    container.start();
    return new PostgresAddress(
        container.getHost(),
        container.getFirstMappedPort(),
        container.getUsername(),
        container.getPassword());
  }

  @SuppressWarnings("resource") // removed by Testcontainers as the JVM ends
  static String startKafka() {
    KafkaContainer container =
        new KafkaContainer(ServerImages.KAFKA)
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
            .withEnv("KAFKA_GROUP_SHARE_MIN_HEARTBEAT_INTERVAL_MS", "1000")
            .withEnv("KAFKA_GROUP_SHARE_MIN_SESSION_TIMEOUT_MS", "6000")
            .withEnv("KAFKA_GROUP_SHARE_MIN_RECORD_LOCK_DURATION_MS", "5000")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
            .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1");
    container.start();
    return container.getBootstrapServers();
  }
}
