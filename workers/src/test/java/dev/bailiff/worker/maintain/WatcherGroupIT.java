package dev.bailiff.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.kafka.KafkaConfig;
import dev.bailiff.kafka.KafkaSetup;
import dev.bailiff.testing.server.KafkaExtension;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kafka names one of the workers that do not lead. */
class WatcherGroupIT {
  private static final java.time.Duration LIMIT = java.time.Duration.ofSeconds(40);

  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  private final List<Member> members = List.of(new Member("one"), new Member("two"));
  private KafkaConfig config;

  private final class Member {
    private final String name;
    private final AtomicBoolean leading = new AtomicBoolean();
    private WatcherGroup group;

    Member(String name) {
      this.name = name;
    }

    void join() {
      group = new WatcherGroup(config, name, leading::get, () -> {});
      group.startIfMissing();
    }
  }

  @BeforeEach
  void join() {
    config =
        new KafkaConfig(
            kafka.bootstrapServers(), kafka.prefix() + "duties", Duration.seconds(10), Map.of());
    try (var setup = new KafkaSetup(config, List.of())) {
      setup.ensure();
    }
    members.forEach(Member::join);
  }

  @AfterEach
  void leave() {
    members.forEach(member -> member.group.close());
  }

  @Test
  void oneIsNamedAndAnotherWhenThatOneLeadsOrLeaves() {
    await().atMost(LIMIT).until(() -> named().size() == 1);
    var first = named().get(0);
    var second = members.get(members.get(0) == first ? 1 : 0);

    first.leading.set(true);
    await().atMost(LIMIT).until(() -> named().equals(List.of(second)));

    first.leading.set(false);
    second.group.close();
    await().atMost(LIMIT).until(() -> named().equals(List.of(first)));
    assertThat(second.group.isNamed()).isFalse();
  }

  private List<Member> named() {
    return members.stream().filter(member -> member.group.isNamed()).toList();
  }
}
