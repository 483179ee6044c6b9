package dev.bailiff.standalone.fault.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.object;
import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.synapse.SynapseFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Admins and users who change a real Synapse while a job works on the same things. Where the moment
 * matters, the worker dies, the change is made, and the next worker goes on.
 */
@Tag("synapse")
class OtherHandsFaultIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String DEACTIVATION = "deactivate-users";
  private static final String DELETION = "delete-rooms";

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.empty();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir static Path folder;

  private static SynapseFixture fixture;
  private static LiveStack stack;

  @TempDir Path markers;

  @BeforeAll
  static void start() {
    fixture = SynapseFixture.withAppservice();
    var synapse = fixture.synapse();
    stack =
        new LiveStack(
            folder,
            postgres,
            kafka,
            ServerAddresses.Leases.SHORT,
            new SynapseAddress(synapse.url(), synapse.adminToken(), synapse.serviceToken(), null));
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
  void aUserWhoIsReactivatedIsNotDeactivatedAgain() {
    var flood = Flood.on(fixture, new Flood.Size(3, 0, 0, 1, 0));
    var jobs = RunningJobs.submit(stack, flood.jobs().subList(0, 1));
    dieAt(stack.synapse(), "joinedRooms");
    assertThat(flood.closing()).allMatch(fixture::isClosed);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(flood.closing())
                    .allSatisfy(user -> assertThat(asked().joinedRooms(user)).isEmpty()));

    var back = flood.closing().get(0);
    var backInTheLobby = flood.closing().get(1);
    reactivate(back);
    reactivate(backInTheLobby);
    fixture.join(flood.lobby(), backInTheLobby);
    stack.worker(stack.synapse());
    jobs.awaitEnd();

    jobs.assertCountersAreTrue();
    assertThat(jobs.targets(DEACTIVATION))
        .extracting(target -> target.target() + " " + target.verdict() + " " + target.leftOver())
        .containsExactlyInAnyOrder(
            back + " changed-since [1 active account, not erased]",
            backInTheLobby + " changed-since [1 active account, not erased, 1 room]",
            flood.closing().get(2) + " gone []");
    assertThat(jobs.failures(DEACTIVATION))
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.item()).isEqualTo(backInTheLobby);
              assertThat(failure.text()).contains("reactivated");
            });
    assertThat(List.of(back, backInTheLobby)).noneMatch(fixture::isClosed);
    assertThat(asked().joinedRooms(backInTheLobby)).containsExactly(flood.lobby());
  }

  private static void reactivate(String user) {
    fixture
        .http()
        .admin(
            "PUT",
            path("/_synapse/admin/v2/users/{}", user),
            object().put("deactivated", false).put("password", "back-again"))
        .ok();
  }

  @Test
  void aMemberWhoComesBackDuringTheShutdownIsRemovedByTheSecondTry() {
    stack.worker(stack.synapse());
    var kept = Flood.on(fixture, new Flood.Size(0, 0, 30, 1, 0));
    var jobs = RunningJobs.submit(stack, List.of(deletion(kept, "\"purge\": false")));
    rejoin(kept);
    jobs.awaitEnd().assertCountersAreTrue();

    assertThat(jobs.onlyTarget(DELETION).verdict()).isEqualTo("gone");
    assertThat(fixture.joinedMembers(kept.doomed())).isEmpty();
  }

  @Test
  void aRoomToWhichAMemberComesBackIsNotPurged() {
    stack.worker(stack.synapse());
    var kept = Flood.on(fixture, new Flood.Size(0, 0, 30, 1, 0));
    var jobs = RunningJobs.submit(stack, List.of(deletion(kept, "\"purge\": true")));
    var back = rejoin(kept);
    jobs.awaitEnd().assertCountersAreTrue();

    assertThat(jobs.failures(DELETION))
        .singleElement()
        .satisfies(failure -> assertThat(failure.text()).contains("Users are still joined"));
    assertThat(jobs.onlyTarget(DELETION).failed()).isTrue();
    assertThat(fixture.joinedMembers(kept.doomed())).containsExactly(back);
  }

  /** A member joins again while Synapse removes the others. */
  private static String rejoin(Flood flood) {
    var gone =
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(10))
            .until(
                () -> {
                  var joined = fixture.joinedMembers(flood.doomed());
                  return flood.members().stream().filter(user -> !joined.contains(user)).toList();
                },
                users -> !users.isEmpty());
    fixture.join(flood.doomed(), gone.get(0));
    return gone.get(0);
  }

  @Test
  void whatAnAdminDidByHandBeforeTheWorkerIsPassedOver() {
    var flood = Flood.on(fixture, new Flood.Size(3, 6, 4, 8, 4));
    var jobs = RunningJobs.submit(stack, flood.jobs());
    doByHand(flood);
    await()
        .atMost(LIMIT)
        .until(
            () ->
                !fixture.hasRoom(flood.doomed())
                    && flood.spam().stream().allMatch(e -> fixture.isRedacted(flood.lobby(), e)));
    stack.worker(stack.synapse());
    jobs.awaitEnd().assertAllGone();

    assertThat(jobs.view(DEACTIVATION).progress().skipped()).isPositive();
    assertThat(jobs.view("redact-events").progress().done()).isZero();
    assertThat(jobs.view("purge-history").progress().done()).isZero();
    flood.assertClosed();
    flood.assertRedactedOnce();
    flood.assertPurged();
    assertThat(fixture.hasRoom(flood.doomed())).isFalse();
    assertThat(asked().media(flood.uploader())).isEmpty();
  }

  @Test
  void whatAnAdminDoesByHandBesideTheWorkerDisturbsNothing() {
    var flood = Flood.on(fixture, new Flood.Size(6, 20, 20, 8, 8));
    stack.worker(stack.synapse());
    var jobs = RunningJobs.submit(stack, flood.jobs());
    doByHand(flood);
    jobs.awaitEnd().assertAllGone();

    flood.assertClosed();
    flood.assertPurged();
    assertThat(flood.spam()).allMatch(event -> fixture.isRedacted(flood.lobby(), event));
    assertThat(fixture.hasRoom(flood.doomed())).isFalse();
    assertThat(asked().media(flood.uploader())).isEmpty();
  }

  /** Half of what the jobs do. Synapse may refuse what is under way already. */
  private static void doByHand(Flood flood) {
    var http = fixture.http();
    http.admin(
        "DELETE", path("/_synapse/admin/v2/rooms/{}", flood.doomed()), object().put("block", true));
    http.admin(
        "POST",
        path("/_synapse/admin/v1/user/{}/redact", flood.spammer()),
        object().set("rooms", object().arrayNode()));
    http.admin(
        "POST",
        path("/_synapse/admin/v1/purge_history/{}", flood.oldRoom()),
        object()
            .put("delete_local_events", true)
            .put("purge_up_to_event_id", flood.old().get(flood.old().size() - 1)));
    http.admin(
        "POST",
        path("/_synapse/admin/v1/deactivate/{}", flood.closing().get(0)),
        object().put("erase", true));
    for (var medium : flood.media().subList(0, flood.media().size() / 2)) {
      http.admin(
          "DELETE",
          path("/_synapse/admin/v1/media/{}/{}", fixture.synapse().server().serverName(), medium),
          null);
    }
  }

  // Steps of several tests

  /** Starts a worker and waits until it has died at the moment. */
  private void dieAt(SynapseAddress address, String moment) {
    var worker = stack.mortalWorker(address, markers, List.of(moment));
    assertThat(worker.awaitExit(LIMIT)).isEqualTo(137);
  }

  private static JobText deletion(Flood flood, String parameters) {
    return JobText.of(DELETION, List.of(flood.doomed()), "{" + parameters + "}");
  }

  private static SynapseQuestions asked() {
    return new SynapseQuestions(fixture);
  }
}
