package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.testing.ConfigOverride;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that runs while Kafka is away, and the replies of its admin port. */
class HealthIT {
  // Nothing listens on port 9 of today's machines.
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("kafka.properties.bootstrap\\.servers", "127.0.0.1:9"));

  @Test
  void readyButDegradedWhileKafkaIsAway() {
    var ready = gateway.nobody().get("/health/ready");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo("{\"status\":\"degraded\",\"database\":\"ok\",\"kafka\":\"away\"}");
    assertThat(gateway.nobody().get("/health/live").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void jobsAreAcceptedWhileKafkaIsAway() {
    var reply = gateway.admin().delete("/_synapse/admin/v2/rooms/" + Seed.ROOM, "{}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("delete_id").asText()).isNotEmpty();
  }

  @Test
  void metricsShowTheBacklogPerKind() {
    gateway.admin().post("/_synapse/admin/v1/user/@ann:chat.example/redact", "{\"rooms\": []}");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(new Client(gateway.adminPort(), null).get("/metrics").body())
                    .contains("bailiff_waiting_calls 0.0")
                    .contains("bailiff_open_segments{kind=\"redact-events\"} 1.0")
                    .contains("bailiff_oldest_ready_segment_seconds{kind=\"redact-events\"}")
                    .contains("bailiff_published_commands_total{kind=\"redact-events\"} 1.0"));
  }
}
