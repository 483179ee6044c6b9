package dev.bailiff.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams of events that end and are opened anew. */
class JobEventsTest {
  private final List<String> told = new ArrayList<>();
  private FakeGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = FakeGateway.start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aStreamThatEndsIsOpenedAnewBehindTheLastEventUntilThereIsNoMore() {
    gateway
        .answers(200, "retry: 2000\n\n:\n\n" + event(3, "active"))
        .answers(200, event(5, "completed") + "id: 6\nevent: job\ndata: {\"cut")
        .answers(204, "");

    JobEvents.ofJob(
            new ApiClient(gateway.address()), "j1", job -> told.add(job.path("status").asText()))
        .follow();

    assertThat(told).containsExactly("active", "completed");
    assertThat(gateway.asked())
        .hasSize(3)
        .allMatch(asked -> asked.startsWith("GET /_bailiff/v1/jobs/j1/events "));
    assertThat(gateway.lastEventIds()).containsExactly("", "3", "5");
  }

  @Test
  void aRevokedTokenEndsIt() {
    gateway
        .answers(200, "event: missed\ndata: {}\n\n")
        .answers(401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"Invalid\"}");

    assertThatThrownBy(
            () ->
                JobEvents.ofAll(
                        new ApiClient(gateway.address()),
                        Map.of("kind", "", "status", "failed"),
                        job -> told.add("job"),
                        () -> told.add("missed"))
                    .follow())
        .isInstanceOfSatisfying(
            ApiCallException.class, refusal -> assertThat(refusal.status()).isEqualTo(401));

    assertThat(told).containsExactly("missed");
    assertThat(gateway.asked().get(0)).startsWith("GET /_bailiff/v1/events?status=failed ");
  }

  private static String event(int id, String status) {
    return "id: "
        + id
        + "\nevent: job\ndata: {\"job_id\":\"j1\",\"status\":\""
        + status
        + "\"}\n\n";
  }
}
