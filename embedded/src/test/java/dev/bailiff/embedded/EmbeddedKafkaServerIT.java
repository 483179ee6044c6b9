package dev.bailiff.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaServerIT {
  private static final String TOPIC = "things";

  @TempDir Path folder;

  @Test
  void shareGroupsAreOnAndDeliver() throws Exception {
    try (EmbeddedKafkaServer server = server().start();
        Admin admin = admin(server)) {
      assertThat(
              admin
                  .describeFeatures()
                  .featureMetadata()
                  .get()
                  .finalizedFeatures()
                  .get("share.version"))
          .satisfies(range -> assertThat(range.maxVersionLevel()).isPositive());
      createTopic(admin);
      produce(server, "first");

      assertThat(consumeShared(server, admin)).containsExactly("first");
    }
  }

  @Test
  void restartKeepsRecordsClusterAndPort() throws Exception {
    try (EmbeddedKafkaServer server = server().start()) {
      String cluster = clusterId(server);
      int port = server.port();
      try (Admin admin = admin(server)) {
        createTopic(admin);
      }
      produce(server, "kept");

      server.stop();
      server.start();

      assertThat(server.port()).isEqualTo(port);
      assertThat(clusterId(server)).isEqualTo(cluster);
      try (Admin admin = admin(server)) {
        assertThat(consumeShared(server, admin)).containsExactly("kept");
      }
    }
  }

  @Test
  void wipedServerComesBackEmptyAtTheSamePort() throws Exception {
    try (EmbeddedKafkaServer server = server().start()) {
      String cluster = clusterId(server);
      int port = server.port();
      try (Admin admin = admin(server)) {
        createTopic(admin);
      }
      assertThatThrownBy(server::wipe).isInstanceOf(EmbeddedServerException.class);

      server.stop();
      server.wipe();
      server.start();

      assertThat(server.port()).isEqualTo(port);
      assertThat(clusterId(server)).isNotEqualTo(cluster);
      try (Admin admin = admin(server)) {
        assertThat(admin.listTopics().names().get()).isEmpty();
      }
    }
  }

  @Test
  void folderOfAKilledProcessIsRecovered() throws Exception {
    try (OtherProcess other = OtherProcess.startingKafkaIn(folder)) {
      other.awaitPort();
      assertThatThrownBy(() -> server().start())
          .hasMessageContaining("in use by process " + other.pid());
      other.kill();

      try (EmbeddedKafkaServer server = server().start()) {
        assertThat(clusterId(server)).isNotEmpty();
      }
    }
  }

  @Test
  void twoServersLiveSideBySide(@TempDir Path otherFolder) throws Exception {
    try (EmbeddedKafkaServer first = server().start();
        EmbeddedKafkaServer second =
            new EmbeddedKafkaServer(KafkaSettings.in(otherFolder)).start()) {
      second.stop();

      assertThat(clusterId(first)).isNotEmpty();
    }
  }

  @Test
  void whoHasNoPasswordIsRefusedAtEitherPort() throws Exception {
    try (EmbeddedKafkaServer server = server().start();
        Admin admin = admin(server)) {
      createTopic(admin);
      produce(server, "from before");
    }
    KafkaAccount account = KafkaAccount.of("a \"quoted\\ secret");
    KafkaSettings settings = KafkaSettings.in(folder).withAccount(account);
    assertThat(settings.toString()).doesNotContain("secret");

    try (EmbeddedKafkaServer server = new EmbeddedKafkaServer(settings).start()) {
      try (Admin admin = Admin.create(server.clientProperties())) {
        assertThat(admin.listTopics().names().get()).contains(TOPIC);
      }
      String controller = "127.0.0.1:" + server.controllerPort();
      assertNoEntry("bootstrap.servers", server.bootstrapServers(), Map.of());
      assertNoEntry("bootstrap.controllers", controller, Map.of());
      Map<String, String> wrong = KafkaAccount.of("guessed").clientProperties();
      assertNoEntry("bootstrap.servers", server.bootstrapServers(), wrong);
      assertNoEntry("bootstrap.controllers", controller, wrong);
      Map<String, String> other =
          new KafkaAccount("ANONYMOUS", account.password()).clientProperties();
      assertNoEntry("bootstrap.servers", server.bootstrapServers(), other);
      try (Admin admin = controllerAdmin(controller, account.clientProperties())) {
        assertThat(admin.describeMetadataQuorum().quorumInfo().get().voters()).hasSize(1);
      }
    }
  }

  private static Admin controllerAdmin(String address, Map<String, String> login) {
    Map<String, Object> properties = new HashMap<>(login);
    properties.put("bootstrap.controllers", address);
    return Admin.create(properties);
  }

  /**
   * Kafka reports a refused login. Without a login it closes the connection until the client's time
   * is up.
   */
  private static void assertNoEntry(String key, String address, Map<String, String> login) {
    Map<String, Object> properties = new HashMap<>(login);
    properties.put(key, address);
    properties.put("default.api.timeout.ms", 2_000);
    properties.put("request.timeout.ms", 1_000);
    try (Admin admin = Admin.create(properties)) {
      assertThatThrownBy(() -> admin.describeCluster().nodes().get())
          .cause()
          .isInstanceOf(
              login.isEmpty() ? TimeoutException.class : SaslAuthenticationException.class);
    }
  }

  private EmbeddedKafkaServer server() {
    return new EmbeddedKafkaServer(KafkaSettings.in(folder));
  }

  private static Admin admin(EmbeddedKafkaServer server) {
    return Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
  }

  private static String clusterId(EmbeddedKafkaServer server) throws Exception {
    try (Admin admin = admin(server)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static void createTopic(Admin admin) throws Exception {
    admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
  }

  private static void produce(EmbeddedKafkaServer server, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", server.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> consumeShared(EmbeddedKafkaServer server, Admin admin)
      throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.GROUP, "workers"),
                List.of(
                    set("share.auto.offset.reset", "earliest"),
                    set("share.heartbeat.interval.ms", "1000"),
                    set("share.record.lock.duration.ms", "5000"))))
        .all()
        .get();
    try (KafkaShareConsumer<String, String> consumer =
        new KafkaShareConsumer<>(
            Map.of("bootstrap.servers", server.bootstrapServers(), "group.id", "workers"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      List<String> received = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (received.isEmpty() && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> polled : consumer.poll(Duration.ofMillis(200))) {
          received.add(polled.value());
        }
      }
      consumer.commitSync();
      return received;
    }
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }
}
