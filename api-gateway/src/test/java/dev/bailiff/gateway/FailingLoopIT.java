package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dropwizard.testing.ConfigOverride;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway for which Kafka's client refuses to build consumers, while all else goes well. */
class FailingLoopIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(ConfigOverride.config("kafka.properties.fetch\\.min\\.bytes", "-1"));

  @Test
  void readinessAndTheAdminPortTellOfALoopThatFails() {
    var admin = new Client(gateway.adminPort(), null);

    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(gateway.nobody().get("/health/ready").body())
                    .startsWith("{\"status\":\"degraded\",\"database\":\"ok\",\"kafka\":\"ok\"")
                    .endsWith("\"loops\":\"failing\"}"));
    var check = admin.get("/healthcheck");
    assertThat(check.status()).isEqualTo(500);
    assertThat(check.json().path("loops").path("message").textValue())
        .contains("the listener to job events fails");
  }
}
