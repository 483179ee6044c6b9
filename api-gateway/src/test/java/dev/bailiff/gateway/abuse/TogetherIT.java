package dev.bailiff.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.gateway.RunningGateway;
import dev.bailiff.job.JobFilter;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many large bodies at once, each of which would be accepted alone. */
class TogetherIT {
  private static final String JOBS = "/_bailiff/v1/jobs";

  /**
   * Limit of a submission in the test's configuration: more than the buffers of a connection hold.
   */
  private static final int LIMIT_BYTES = 32 << 20;

  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("limits.submission", "32MiB"),
          ConfigOverride.config("limits.submissions", "32MiB"),
          ConfigOverride.config("limits.bodies", "64KiB"));

  @Test
  void submissionsThatAreTooManyTogetherAreRefusedUntilTheFirstIsDone() throws IOException {
    try (var first = announced(LIMIT_BYTES)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> submit(LIMIT_BYTES / 2).startsWith("503"));

      var refused = gateway.admin().post(JOBS, body(LIMIT_BYTES / 2));
      assertThat(refused.outcome()).isEqualTo("503 M_UNKNOWN");
      assertThat(refused.headers()).containsEntry("Retry-After", "5");
      assertThat(refused.json().path("retry_after_ms").asLong()).isEqualTo(5_000);
      assertThat(submit(4_000)).as("a small one beside it").startsWith("202");
      assertThat(gateway.admin().get("/_synapse/admin/v2/users").status()).isEqualTo(200);
      first.getOutputStream().write(1); // the first call was open all the time
    }

    await().atMost(Duration.ofSeconds(30)).until(() -> submit(LIMIT_BYTES / 2).startsWith("202"));
    assertThat(gateway.store().lists().list(JobFilter.ALL, null, 10)).hasSize(2);
  }

  /** Most clients send the whole of a body before they read. */
  @Test
  void aClientThatReadsLateSeesWhyItWasRefused() throws IOException {
    try (var first = announced(LIMIT_BYTES)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> submit(LIMIT_BYTES / 2).startsWith("503"));
      try (var late = announced(LIMIT_BYTES - 1)) {
        late.getOutputStream()
            .write(" ".repeat(LIMIT_BYTES - 2).getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(late.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 503");
      }
      first.getOutputStream().write(1); // the first call was open all the time
    }
  }

  @Test
  void whatIsAskedForIsGivenBackByRequestsThatFail() {
    for (int n = 0; n < 20; n++) {
      assertThat(gateway.admin().post(JOBS, " ".repeat(LIMIT_BYTES)).outcome())
          .isEqualTo("400 M_NOT_JSON");
    }
  }

  /** A request whose body does not arrive. */
  private static Socket announced(int bytes) throws IOException {
    var socket = new Socket("127.0.0.1", gateway.port());
    socket
        .getOutputStream()
        .write(
            ("POST "
                    + JOBS
                    + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer admin-token\r\nContent-Length: "
                    + bytes
                    + "\r\n\r\n{")
                .getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String submit(int bytes) {
    return gateway.admin().post(JOBS, body(bytes)).outcome();
  }

  /** A job of one target, padded with blanks to this length. */
  private static String body(int bytes) {
    var job = "{\"kind\": \"redact-events\", \"targets\": [\"@ann:chat.example\"]}";
    return job + " ".repeat(bytes - job.length());
  }
}
