package dev.bailiff.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.bailiff.job.JobKind;
import dev.bailiff.testing.server.KafkaExtension;
import io.dropwizard.jackson.Jackson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class KafkaSetupIT {
  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  private static final List<JobKind> KINDS = List.of(new JobKind("tally"));

  @Test
  void topicsHaveAsManyCopiesAsTheBrokerGivesUnlessTheKeySaysAnother() throws Exception {
    ensure("default", Map.of());

    String topic = new Topics(kafka.prefix() + "default").commands(KINDS.get(0));
    var described = kafka.admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    assertThat(described.partitions().get(0).replicas()).hasSize(1);
    // There is only one broker, which refuses three copies.
    assertThatThrownBy(() -> ensure("three", Map.of("replicationFactor", 3)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("eplication factor");
  }

  @Test
  void topicsThatExistWithAnotherNumberOfCopiesAreToldInOneLine() {
    ensure("existing", Map.of());
    var lines = new ListAppender<ILoggingEvent>();
    var logger = (Logger) LoggerFactory.getLogger(KafkaSetup.class);
    lines.start();
    logger.addAppender(lines);
    try {
      ensure("existing", Map.of("replicationFactor", 1));
      assertThat(lines.list).isEmpty();

      ensure("existing", Map.of("replicationFactor", 3));

      assertThat(lines.list)
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains("kafka.replicationFactor is 3")
          .contains(new Topics(kafka.prefix() + "existing").commands(KINDS.get(0)) + "=1");
    } finally {
      logger.detachAppender(lines);
    }
  }

  private static void ensure(String prefix, Map<String, Object> more) {
    var block = new HashMap<>(more);
    block.put("bootstrapServers", kafka.bootstrapServers());
    block.put("topicPrefix", kafka.prefix() + prefix);
    var config = Jackson.newObjectMapper().convertValue(block, KafkaConfig.class);
    try (var setup = new KafkaSetup(config, KINDS)) {
      setup.ensure();
    }
  }
}
