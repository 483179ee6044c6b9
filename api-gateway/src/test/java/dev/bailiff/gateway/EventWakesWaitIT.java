package dev.bailiff.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobFilter;
import dev.bailiff.job.JobId;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.testing.job.JobRows;
import io.dropwizard.testing.ConfigOverride;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that reads waits again too seldom to answer in time: only an event can wake them. */
class EventWakesWaitIT {
  @RegisterExtension
  static final RunningGateway gateway =
      RunningGateway.with(
          ConfigOverride.config("wait.reread", "10m"),
          ConfigOverride.config("wait.duration", "40s"));

  @Test
  void eventIsWhatBringsTheReplyWhenNothingIsReadAgain() {
    var jobs = new JobRows(gateway.jdbi());
    var call =
        CompletableFuture.supplyAsync(
            () -> gateway.admin().delete("/_synapse/admin/v1/rooms/" + Seed.ROOM, "{}"));
    await().atMost(Duration.ofSeconds(20)).until(EventWakesWaitIT::aCallWaits);
    var job = gateway.store().lists().list(JobFilter.ALL, null, 1).get(0).id();

    jobs.complete(job);

    try (var publisher = new KafkaPublisher(gateway.config().kafka())) {
      // Repeated, as the gateway hears only the events after it began to listen.
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(300))
          .until(
              () -> {
                publisher.publishEvent(completed(job));
                return call.isDone();
              });
    }
    // The deadline would answer with 202.
    assertThat(call.join().status()).isEqualTo(200);
  }

  private static boolean aCallWaits() {
    return new Client(gateway.adminPort(), null)
        .get("/metrics")
        .body()
        .contains("bailiff_waiting_calls 1");
  }

  private static JobEvent completed(JobId job) {
    return new JobEvent(
        1,
        "transition",
        1L,
        job.value(),
        "delete-rooms",
        "active",
        "completed",
        null,
        Instant.now());
  }
}
