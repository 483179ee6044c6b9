package dev.bailiff.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.embedded.EmbeddedKafkaServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KafkaExtensionIT {
  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  @Test
  void topicsOfThisClassCanBeMade() throws Exception {
    String topic = kafka.prefix() + "things";

    kafka.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();

    // The controller has made the topic; the broker learns of it a moment later.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> kafka.admin().listTopics().names().get().contains(topic));
  }

  @Test
  void privateBrokerComesBackEmptyAfterAWipe() throws Exception {
    try (EmbeddedKafkaServer broker = KafkaExtension.privateBroker().start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("things", 1, (short) 1))).all().get();

      broker.stop();
      broker.wipe();
      broker.start();

      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }
}
