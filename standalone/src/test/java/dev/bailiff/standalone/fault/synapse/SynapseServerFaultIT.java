package dev.bailiff.standalone.fault.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobView;
import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.synapse.SynapseFixture;
import dev.bailiff.testing.synapse.SynapseHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Synapse that is killed, forgets a task, answers with errors or not at all, or refuses the
 * credential, while workers act on it. A segment that fails twice in a row would be given up.
 *
 * <p>{@code -Dbailiff.away.minutes=N} keeps Synapse away for so long.
 */
@Tag("synapse")
class SynapseServerFaultIT {
  private static final int MINUTES_AWAY = Integer.getInteger("bailiff.away.minutes", 0);
  private static final Duration LIMIT = Duration.ofMinutes(4);

  /** More than the two that a segment has. */
  private static final int MORE_LEASES = 4;

  private static final String ADMIN = " /_synapse/admin/";

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.empty();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir static Path folder;

  private static SynapseFixture fixture;
  private static Path credential;
  private static LiveStack stack;

  @BeforeAll
  static void start() throws IOException {
    fixture = SynapseFixture.withAppservice();
    credential = Files.writeString(folder.resolve("credential"), newAdminToken());
    var synapse = fixture.synapse();
    stack =
        new LiveStack(
            folder,
            postgres,
            kafka,
            ServerAddresses.Leases.SHORT_WITH_FEW_ATTEMPTS,
            new SynapseAddress(synapse.url(), credential, synapse.serviceToken(), null));
  }

  @AfterAll
  static void stop() {
    stack.close();
    fixture.close();
  }

  @AfterEach
  void killWorkers() {
    stack.killWorkers();
  }

  @Test
  void jobsWaitForASynapseThatIsKilledAndAwayForLongAndStartATaskAgainThatItForgot() {
    var flood = Flood.on(fixture, new Flood.Size(20, 80, 30, 8, 40));
    stack.worker(stack.synapse().withoutAppservice());
    stack.worker(stack.synapse().withoutAppservice());
    var jobs = RunningJobs.submit(stack, flood.jobs().stream().map(JobText::gently).toList());
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                fixture.joinedMembers(flood.doomed()).size() < 30
                    && flood.spam().stream().anyMatch(e -> fixture.isRedacted(flood.lobby(), e)));

    fixture.synapse().server().kill();
    try {
      var waiting = jobs.open();
      assertThat(waiting)
          .extracting(job -> job.kind().name())
          .contains("delete-rooms", "redact-events");
      awaitMoreLeases(jobs, waiting);
      assertThat(jobs.open())
          .allSatisfy(job -> assertThat(job.waitingFor()).as("%s", job).isEqualTo("homeserver"));
      pause();
      forgetTask("redact_all_events", flood.spammer());
    } finally {
      fixture.synapse().server().start();
    }
    jobs.awaitEnd();

    jobs.assertAllGone();
    flood.assertClosed();
    flood.assertMoved(29);
    flood.assertPurged();
    var asked = new SynapseQuestions(fixture);
    assertThat(asked.media(flood.uploader())).isEmpty();
    assertThat(flood.spam()).allMatch(event -> fixture.isRedacted(flood.lobby(), event));
    assertThat(asked.tasks("redact_all_events", flood.spammer()))
        .as("the one after the one that was forgotten")
        .hasSize(1);
  }

  /** Waits until segments of each job were tried more often than they may fail. */
  private static void awaitMoreLeases(RunningJobs jobs, List<JobView> waiting) {
    Map<String, Integer> before = new HashMap<>();
    waiting.forEach(job -> before.put(job.kind().name(), leases(jobs, job)));
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(waiting)
                    .allSatisfy(
                        job ->
                            assertThat(leases(jobs, job))
                                .as(job.kind().name())
                                .isGreaterThanOrEqualTo(
                                    before.get(job.kind().name()) + MORE_LEASES)));
  }

  private static int leases(RunningJobs jobs, JobView job) {
    return jobs.openSegments(job).stream().mapToInt(JobView.SegmentView::epoch).sum();
  }

  private static void pause() {
    var time = Duration.ofMinutes(MINUTES_AWAY);
    await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
  }

  /** Deletes the row of a task, as a restored backup does. */
  private static void forgetTask(String action, String resource) {
    int rows =
        fixture
            .synapse()
            .database()
            .withHandle(
                handle ->
                    handle.execute(
                        "delete from scheduled_tasks where action = ? and resource_id = ?",
                        action,
                        resource));
    assertThat(rows).isEqualTo(1);
  }

  @Test
  void workWhoseAnswerIsLostIsFoundAndNotDoneAgain() {
    var flood = Flood.on(fixture, Flood.Size.SMALL);
    try (var front = new FaultyFront(() -> fixture.synapse().url())) {
      front.loseAnswer("POST" + ADMIN + "v1/deactivate/");
      front.loseAnswer("PUT /_matrix/client/v3/rooms/");
      front.loseAnswer("PUT" + ADMIN + "v1/rooms/");
      front.loseAnswer("DELETE" + ADMIN + "v2/rooms/"); // the shutdown
      front.loseAnswer("POST" + ADMIN + "v1/purge_history/");
      front.loseAnswer("DELETE" + ADMIN + "v1/users/"); // half of the media
      front.loseAnswer("DELETE" + ADMIN + "v1/media/");
      stack.worker(stack.synapse().at(front.url()));
      RunningJobs.submit(stack, flood.jobs()).awaitEnd().assertAllGone();

      assertThat(front.unmet()).isEmpty();
      flood.assertEverythingIsDoneOnce();
      assertThat(new SynapseQuestions(fixture).tasks("shutdown_and_purge_room", flood.doomed()))
          .as("a shutdown and a purge")
          .hasSize(2);
    }
  }

  @Test
  void aRedactionAndAPurgeWhoseStartIsNotAnsweredAreAdopted() {
    var flood = Flood.on(fixture, Flood.Size.SMALL);
    try (var front = new FaultyFront(() -> fixture.synapse().url())) {
      front.loseAnswer("POST" + ADMIN + "v1/user/");
      front.loseAnswer("DELETE" + ADMIN + "v2/rooms/");
      stack.worker(stack.synapse().withoutAppservice().at(front.url()));
      var purge =
          JobText.of(
              "delete-rooms",
              List.of(flood.doomed()),
              "{\"shut_down\": false, \"force_purge\": true}");
      RunningJobs.submit(stack, List.of(flood.redaction(), purge)).awaitEnd().assertAllGone();

      assertThat(front.unmet()).isEmpty();
      flood.assertRedactedOnce();
      assertThat(fixture.hasRoom(flood.doomed())).isFalse();
      var asked = new SynapseQuestions(fixture);
      assertThat(asked.tasks("redact_all_events", flood.spammer())).hasSize(1);
      assertThat(asked.tasks("shutdown_and_purge_room", flood.doomed())).hasSize(1);
    }
  }

  @Test
  void burstsOfErrorsFailNothing() {
    var flood = Flood.on(fixture, Flood.Size.SMALL);
    var writes =
        List.of(
            "POST" + ADMIN + "v1/deactivate/",
            "PUT /_matrix/client/v3/rooms/",
            "PUT" + ADMIN + "v1/rooms/",
            "DELETE" + ADMIN + "v2/rooms/",
            "POST" + ADMIN + "v1/purge_history/",
            "DELETE" + ADMIN + "v1/media/");
    try (var front = new FaultyFront(() -> fixture.synapse().url())) {
      for (var write : writes) {
        front.answer(429, 3, write);
        front.answer(502, 2, write);
        front.answer(500, 2, write);
        front.answer(503, 2, write);
      }
      // A page of media that is refused is deleted medium by medium.
      front.answer(429, 1, "DELETE" + ADMIN + "v1/users/");
      front.answer(429, 10, "");
      front.answer(503, 10, "");
      stack.worker(stack.synapse().at(front.url()));
      RunningJobs.submit(stack, flood.jobs()).awaitEnd().assertAllGone();

      assertThat(front.unmet()).isEmpty();
      flood.assertEverythingIsDoneOnce();
    }
  }

  @Test
  void aRevokedCredentialMakesEverythingWaitUntilThereIsANewOne() throws IOException {
    var flood = Flood.on(fixture, new Flood.Size(20, 6, 4, 8, 20));
    stack.worker(stack.synapse().withoutAppservice());
    var jobs = RunningJobs.submit(stack, flood.jobs().stream().map(JobText::gently).toList());
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> new SynapseQuestions(fixture).media(flood.uploader()).size() < 20);

    fixture
        .http()
        .withToken(
            Files.readString(credential), "POST", "/_matrix/client/v3/logout", SynapseHttp.object())
        .ok();
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(jobs.open())
                    .isNotEmpty()
                    .allSatisfy(job -> assertThat(job.waitingFor()).isEqualTo("homeserver")));
    awaitMoreLeases(jobs, jobs.open());
    awaitHealth("degraded");
    Files.writeString(credential, newAdminToken());
    jobs.awaitEnd();

    jobs.assertAllGone();
    awaitHealth("ok");
    flood.assertEverythingIsDoneOnce();
  }

  private static void awaitHealth(String status) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(stack.api().get("/health/ready").path("status").asText())
                    .isEqualTo(status));
  }

  private static String newAdminToken() {
    var user = fixture.newUser("operator");
    var name = user.substring(1, user.indexOf(':')) + ".admin";
    return fixture.synapse().server().register(name, "password", true);
  }
}
