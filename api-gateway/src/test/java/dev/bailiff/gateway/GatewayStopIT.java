package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The replies that waiting calls get from a gateway that stops. */
class GatewayStopIT {
  private static final int CALLS = 200;

  @RegisterExtension static final RunningGateway gateway = RunningGateway.with();

  @Test
  void everyWaitingCallGetsItsReplyBeforeTheGatewayIsGone() {
    var path = "/_synapse/admin/v1/rooms/" + Seed.ROOM;
    var calls =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> gateway.admin().delete(path, "{}"), task -> new Thread(task).start()))
            .limit(CALLS)
            .toList();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> gateway.store().lists().list(JobFilter.ALL, null, CALLS + 1).size() == CALLS);

    var stream = OpenStream.of(gateway, Seed.ADMIN_TOKEN, "/_bailiff/v1/events", null);
    var begin = Instant.now();
    gateway.stop();
    var took = Duration.between(begin, Instant.now());

    var accepted =
        gateway.store().lists().list(JobFilter.ALL, null, CALLS + 1).stream()
            .map(job -> job.id().toString())
            .toList();
    var replies = calls.stream().map(CompletableFuture::join).toList();
    assertThat(replies).extracting(Reply::status).containsOnly(202);
    assertThat(replies)
        .as("each its own job, and all of them are stored")
        .extracting(reply -> reply.json().path("job_id").asText())
        .containsExactlyInAnyOrderElementsOf(accepted);
    assertThat(replies)
        .allSatisfy(
            reply ->
                assertThat(reply.headers().get("Location"))
                    .isEqualTo("/_bailiff/v1/jobs/" + reply.json().path("job_id").asText()));
    assertThat(stream.awaitEnd()).as("a stream ends as it should").isEqualTo("whole");
    // A requirement of a stop, not a measured time.
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }
}
