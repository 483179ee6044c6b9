package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.homeserver.store.StoreHomeserverFactory;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.worker.maintain.RetentionConfig;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigTest {
  @TempDir Path folder;

  @Test
  void whatIsAbsentHasItsDefault() throws Exception {
    var settings =
        read(
            """
            database: {url: "jdbc:postgresql://db/bailiff", user: bailiff, password: secret}
            kafka: {bootstrapServers: "kafka:9092"}
            """);

    assertThat(settings.leases()).isEqualTo(LeaseConfig.DEFAULT);
    assertThat(settings.slots().express()).isEqualTo(1);
    assertThat(settings.slots().of(new JobKind("delete-rooms"))).isEqualTo(1);
    assertThat(settings.retention())
        .isEqualTo(
            new RetentionConfig(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(30)));
    assertThat(settings.mediaFolder()).isNull();
    assertThat(settings.name()).endsWith("-" + ProcessHandle.current().pid());
    assertThat(settings.database().maxPoolSize()).isEqualTo(16);
    assertThat(settings.database().socketTimeout().toSeconds()).isEqualTo(15);
    assertThat(settings.kafka().topics().express()).isEqualTo("bailiff.commands.express");
    assertThat(settings.kafka().replicationFactor()).isEmpty();
    assertThat(settings.kafka().groupSettings())
        .isEqualTo(
            Map.of(
                "share.auto.offset.reset", "earliest", "share.record.lock.duration.ms", "30000"));
  }

  @Test
  void everyKeyIsMapped() throws Exception {
    var config =
        config(
            """
            database: {url: "jdbc:postgresql://db/b", user: u, password: p, maxPoolSize: 40, socketTimeout: 20s, connectTimeout: 2s}
            kafka:
              bootstrapServers: "kafka:9092"
              topicPrefix: mod
              replicationFactor: 3
              lockDuration: 20s
              publishTimeout: 1s
              properties: {security.protocol: SASL_SSL}
              groupSettings: {share.heartbeat.interval.ms: "5000"}
            slots: {express: 0, others: 2, kinds: {delete-rooms: 0}}
            leases:
              lease: 40s
              statementTimeout: 9s
              maxAttempts: 7
              window: 8
              republishAfter: 3s
              republishAtMost: 1m
              retryBackoff: 2s
            retention: {completed: 1d, failed: 2d, cancelled: 3d}
            identity: {servers: ["https://id.example"], requestTimeout: 1s, attempts: 2}
            homeserver: {type: store}
            mediaFolder: /media
            name: w1
            admin: {hosts: [metrics.example], healthChecks: {minThreads: 2}}
            """);
    var settings = config.settings();

    assertThat(config.homeserver()).isInstanceOf(StoreHomeserverFactory.class);
    assertThat(config.admin().hosts()).containsExactly("metrics.example");
    assertThat(config.getAdminFactory()).isSameAs(config.admin());
    assertThat(config.getAdminFactory().getHealthChecks().getMinThreads()).isEqualTo(2);

    assertThat(settings.leases())
        .isEqualTo(
            new LeaseConfig(
                Duration.ofSeconds(40),
                Duration.ofSeconds(9),
                7,
                8,
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2)));
    assertThat(settings.slots().express()).isZero();
    assertThat(settings.slots().of(new JobKind("delete-rooms"))).isZero();
    assertThat(settings.slots().of(new JobKind("redact-events"))).isEqualTo(2);
    assertThat(settings.retention())
        .isEqualTo(new RetentionConfig(Duration.ofDays(1), Duration.ofDays(2), Duration.ofDays(3)));
    assertThat(settings.mediaFolder()).isEqualTo("/media");
    assertThat(settings.name()).isEqualTo("w1");
    assertThat(config.identity().servers()).containsExactly(URI.create("https://id.example"));
    assertThat(config.identity().requestTimeout().toSeconds()).isEqualTo(1);
    assertThat(config.identity().attempts()).isEqualTo(2);
    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db/b");
    assertThat(settings.database().user()).isEqualTo("u");
    assertThat(settings.database().password()).isEqualTo("p");
    assertThat(settings.database().maxPoolSize()).isEqualTo(40);
    assertThat(settings.database().socketTimeout().toSeconds()).isEqualTo(20);
    assertThat(settings.database().connectTimeout().toSeconds()).isEqualTo(2);
    assertThat(settings.kafka().topics().commands(new JobKind("delete-rooms")))
        .isEqualTo("mod.commands.delete-rooms");
    assertThat(settings.kafka().client(Map.of()))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("bootstrap.servers", "kafka:9092");
    assertThat(settings.kafka().groupSettings())
        .containsEntry("share.heartbeat.interval.ms", "5000")
        .containsEntry("share.record.lock.duration.ms", "20000");
    assertThat(settings.kafka().publishTimeout().toSeconds()).isEqualTo(1);
    assertThat(settings.kafka().replicationFactor()).hasValue((short) 3);
  }

  /** As files of the first releases have it. */
  @Test
  void oneRetentionTimeIsMeantForAllJobs() throws Exception {
    var settings =
        read(
            """
            database: {url: "jdbc:postgresql://db/bailiff", user: bailiff}
            kafka: {bootstrapServers: "kafka:9092"}
            retention: 90d
            """);

    assertThat(settings.retention()).isEqualTo(RetentionConfig.ofAll(Duration.ofDays(90)));
  }

  @ParameterizedTest
  @CsvSource({
    "leases: {maxAttempts: 0}, maxAttempts must be 1 or more",
    "leases: {window: 0}, window must be 1 or more",
    "leases: {lease: 10s}, lease must be more than statementTimeout",
    "leases: {statementTimeout: 0s}, statementTimeout must be more than 0",
    "leases: {republishAfter: 0s}, republishAfter must be more than 0",
    "leases: {republishAtMost: 1s}, republishAtMost must be republishAfter or more",
    "retention: {failed: 7 suns}, 7 suns",
    "retention: soon, soon",
    "identity: {attempts: 0}, attempts must be 1 or more"
  })
  void whatIsOutOfBoundsIsRefusedByName(String block, String words) {
    assertThatThrownBy(
            () ->
                read(
                    """
                    database: {url: "jdbc:postgresql://db/bailiff", user: bailiff}
                    kafka: {bootstrapServers: "kafka:9092"}
                    """
                        + block))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "'identity: {servers: [\"https://id.example\"]}', identity must be left out",
    "mediaFolder: /media, mediaFolder must be left out"
  })
  void keysOfTheOwnStoreAreRefusedWithASynapse(String key, String words) {
    assertThatThrownBy(
            () ->
                read(
                    """
                    database: {url: "jdbc:postgresql://db/bailiff", user: bailiff}
                    kafka: {bootstrapServers: "kafka:9092"}
                    homeserver: {type: synapse, url: "http://127.0.0.1:8008", adminTokenFile: /t}
                    """
                        + key))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(words);
  }

  private WorkerSettings read(String yaml) throws Exception {
    return config(yaml).settings();
  }

  private WorkerConfig config(String yaml) throws Exception {
    var file = Files.writeString(folder.resolve("worker.yml"), yaml);
    return new YamlConfigurationFactory<>(
            WorkerConfig.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
        .build(new FileConfigurationSourceProvider(), file.toString());
  }
}
