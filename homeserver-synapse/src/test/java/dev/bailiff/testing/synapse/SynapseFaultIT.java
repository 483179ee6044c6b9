package dev.bailiff.testing.synapse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown;
import dev.bailiff.homeserver.synapse.SynapseHomeserver;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.http.ServiceToken;
import dev.bailiff.homeserver.synapse.http.SynapseClient;
import dev.bailiff.homeserver.synapse.pace.PaceConfig;
import dev.bailiff.testing.homeserver.contract.RedactionSteps;
import dev.bailiff.testing.homeserver.contract.RoomDeletionSteps;
import dev.bailiff.testing.server.TcpProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a real Synapse that is killed, loses answers, refuses the credential or throttles. */
@Tag("synapse")
class SynapseFaultIT {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int MEMBERS = 30;
  private static final int MESSAGES = 45;

  @TempDir Path folder;

  private SynapseFixture fixture;
  private String creator;

  @BeforeEach
  void fill() {
    fixture = SynapseFixture.withoutAppservice();
    creator = fixture.newUser("creator");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Both wait for the same pause of Synapse, a minute after its start, so they share a test. */
  @Test
  void shutdownAndRedactionGoOnAfterSynapseWasKilled() throws Exception {
    var members = members(MEMBERS);
    var room = new Target(0, fixture.newRoom(creator, members.toArray(String[]::new)));
    var spammer = new Target(0, fixture.newUser("spammer"));
    var spammed = fixture.newRoom(creator, spammer.id());
    var messages = send(spammed, spammer.id(), MESSAGES);
    var removal = removal(fixture.homeserver().roomDeletion(), room);
    var redaction = redaction(fixture.homeserver().redaction(), spammer);

    var removing = CompletableFuture.supplyAsync(removal::toTheEnd);
    var redacting = CompletableFuture.supplyAsync(redaction::toTheEnd);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                fixture.joinedMembers(room.id()).size() < MEMBERS
                    && fixture.isRedacted(spammed, messages.get(MESSAGES - 1)));
    fixture.synapse().server().kill();
    assertThat(removing).isNotDone();
    assertThat(redacting).isNotDone();
    await().until(() -> removal.away() > 0 && redaction.away() > 0);
    fixture.synapse().server().start();
    removing.get(3, TimeUnit.MINUTES);
    redacting.get(3, TimeUnit.MINUTES);

    assertThat(removal.failures()).isEmpty();
    assertThat(fixture.joinedMembers(room.id())).isEmpty();
    assertThat(removal.list("kicked_users")).doesNotHaveDuplicates();
    assertThat(new HashSet<>(removal.list("synapse_tasks"))).hasSize(1);
    assertThat(tasks("shutdown_and_purge_room", room.id())).isEqualTo(1);
    assertThat(fixture.homeserver().roomDeletion().roomsWithLocalMembers(List.of(room))).isEmpty();
    assertOneReplacement(removal.fact("new_room_id"), members);
    assertThat(redaction.failures()).isEmpty();
    assertThat(redaction.done() + redaction.skipped()).isEqualTo(MESSAGES + 1);
    assertThat(messages).allMatch(message -> fixture.isRedacted(spammed, message));
    assertThat(tasks("redact_all_events", spammer.id())).isEqualTo(1);
  }

  /**
   * Synapse may lose the one member between two rooms when it is killed: it left the old room, and
   * has not joined the new one.
   */
  private void assertOneReplacement(String newRoom, List<String> members) {
    var moved = members.stream().filter(member -> !roomsOf(member).isEmpty()).toList();
    assertThat(moved).hasSizeGreaterThanOrEqualTo(members.size() - 1);
    assertThat(moved).allSatisfy(member -> assertThat(roomsOf(member)).containsExactly(newRoom));
  }

  @Test
  void taskWhoseStartWasNotAnsweredIsAdopted() {
    var room = new Target(0, fixture.newRoom(creator, members(3).toArray(String[]::new)));
    try (var proxy = TcpProxy.to("127.0.0.1", fixture.synapse().url().getPort());
        var homeserver = throughProxy(proxy, fixture.synapse().adminToken(), null)) {
      var removal = removal(homeserver.roomDeletion(), room);
      assertThat(removal.runOnce()).as("the intent").isFalse();
      proxy.swallowRepliesFrom("DELETE /_synapse/admin/v2/rooms/");

      assertThat(removal.runOnce()).isFalse();
      assertThat(proxy.isSwallowing()).isTrue();
      assertThat(removal.list("synapse_tasks")).isEmpty();
      proxy.restore();
      removal.toTheEnd();

      assertThat(removal.failures()).isEmpty();
      assertThat(removal.list("kicked_users")).hasSize(4).doesNotHaveDuplicates();
      assertThat(tasks("shutdown_and_purge_room", room.id())).isEqualTo(1);
    }
  }

  @Test
  void redactionsWhoseAnswersWereLostAreNotSentTwice() {
    var spammer = new Target(0, fixture.newUser("spammer"));
    var room = fixture.newRoom(creator, spammer.id());
    var messages = send(room, spammer.id(), 10);
    try (var proxy = TcpProxy.to("127.0.0.1", fixture.synapse().url().getPort());
        var homeserver =
            throughProxy(proxy, fixture.synapse().adminToken(), fixture.synapse().serviceToken())) {
      var redaction = redaction(homeserver.redaction(), spammer);
      proxy.swallowRepliesFrom("PUT /_matrix/client/v3/rooms/");

      assertThat(redaction.runOnce()).isFalse();
      proxy.restore();
      redaction.toTheEnd();

      assertThat(redaction.failures()).isEmpty();
      assertThat(redaction.done() + redaction.skipped()).isEqualTo(messages.size() + 1L);
      assertThat(messages).allMatch(message -> fixture.isRedacted(room, message));
      assertThat(redactions(room)).isEqualTo(messages.size() + 1);
    }
  }

  @Test
  void revokedCredentialIsWaitedForAndReadAgain() throws Exception {
    var token = Files.writeString(folder.resolve("token"), newAdminToken());
    var user = new Target(0, fixture.newUser("closing"));
    var client = new SynapseClient(fixture.synapse().url(), SHORT);
    try (var homeserver = homeserver(client, token, null)) {
      assertThat(homeserver.serverName()).isEqualTo(fixture.synapse().server().serverName());
      fixture
          .http()
          .withToken(
              Files.readString(token), "POST", "/_matrix/client/v3/logout", SynapseHttp.object())
          .ok();
      var closing = new AccountClosing(List.of(user), false);
      var operation =
          new PatientOperation(
              (cursor, commit) -> homeserver.deactivation().closeAccounts(closing, commit));

      assertThatThrownBy(() -> homeserver.deactivation().closeAccounts(closing, operation))
          .isInstanceOf(HomeserverUnavailableException.class)
          .hasMessageContaining(token.toString());
      assertThat(operation.runOnce()).isFalse();
      Files.writeString(token, newAdminToken());
      operation.toTheEnd();

      assertThat(operation.away()).isEqualTo(1);
      assertThat(operation.done()).isEqualTo(1);
      assertThat(operation.failures()).isEmpty();
      assertThat(fixture.isClosed(user.id())).isTrue();
    }
  }

  @Test
  void throttledRedactionsComeLaterAndNoneFails() {
    var spammer = new Target(0, fixture.newUser("spammer"));
    var room = fixture.newRoom(creator, spammer.id());
    var messages = send(room, spammer.id(), 20);
    try (var throttled = SynapseFixture.throttled()) {
      var redaction = redaction(throttled.homeserver().redaction(), spammer).toTheEnd();

      assertThat(redaction.snoozes()).isPositive();
      assertThat(redaction.failures()).isEmpty();
      assertThat(redaction.done() + redaction.skipped()).isEqualTo(messages.size() + 1L);
      assertThat(messages).allMatch(message -> fixture.isRedacted(room, message));
      assertThat(redactions(room)).isEqualTo(messages.size() + 1);
    }
  }

  private List<String> members(int number) {
    return IntStream.range(0, number).mapToObj(n -> fixture.newUser("member")).toList();
  }

  private List<String> send(String room, String sender, int number) {
    return IntStream.range(0, number)
        .mapToObj(n -> fixture.send(room, sender, "Buy coins " + n))
        .toList();
  }

  private PatientOperation removal(RoomDeletionPort port, Target room) {
    var range = new RoomDeletionSteps(port, fixture.admin()).members(room).get(0);
    var shutdown = new RoomShutdown(true, fixture.admin(), "Moved", "This room has moved.");
    return new PatientOperation(
        (cursor, commit) ->
            port.removeMembers(
                new MemberRemoval(room, range, cursor, 100, null, shutdown), commit));
  }

  private PatientOperation redaction(RedactionPort port, Target user) {
    var steps = new RedactionSteps(port, fixture.admin());
    var ranges = steps.ranges(steps.scope(user, null));
    return new PatientOperation(
        (cursor, commit) ->
            port.redact(
                new Redaction(ranges, cursor, 100, "fault-job", fixture.admin(), false, "spam"),
                commit));
  }

  private static SynapseHomeserver throughProxy(
      TcpProxy proxy, Path admin, @Nullable Path appservice) {
    var client = new SynapseClient(URI.create("http://127.0.0.1:" + proxy.port()), SHORT);
    return homeserver(client, admin, appservice);
  }

  private static SynapseHomeserver homeserver(
      SynapseClient client, Path admin, @Nullable Path appservice) {
    return new SynapseHomeserver(
        new ServiceAccount(client, new ServiceToken(admin)),
        appservice == null ? null : new ServiceAccount(client, new ServiceToken(appservice)),
        new SynapseHomeserver.Bounds(3, PaceConfig.defaults()),
        null,
        null);
  }

  private String newAdminToken() {
    var user = fixture.newUser("operator");
    var name = user.substring(1, user.indexOf(':')) + ".admin";
    return fixture.synapse().server().register(name, "password", true);
  }

  /** How many tasks of an action there are or were on a resource. */
  private int tasks(String action, String resource) {
    return fixture
        .http()
        .admin(
            SynapseHttp.path(
                "/_synapse/admin/v1/scheduled_tasks?action_name={}&resource_id={}",
                action,
                resource))
        .ok()
        .path("scheduled_tasks")
        .size();
  }

  /** How many redactions were sent in a room. */
  private int redactions(String room) {
    return fixture
        .http()
        .admin(
            SynapseHttp.path(
                "/_synapse/admin/v1/rooms/{}/messages?dir=f&limit=1000&filter={}",
                room,
                "{\"types\":[\"m.room.redaction\"]}"))
        .ok()
        .path("chunk")
        .size();
  }

  private List<String> roomsOf(String user) {
    var rooms = new ArrayList<String>();
    fixture
        .http()
        .admin(SynapseHttp.path("/_synapse/admin/v1/users/{}/joined_rooms", user))
        .ok()
        .path("joined_rooms")
        .forEach(room -> rooms.add(room.asText()));
    return rooms;
  }
}
