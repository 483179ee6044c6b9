package dev.bailiff.standalone.fault.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.object;
import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.synapse.SynapseFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that redacted or purged events of a real Synapse show: those go that nothing else shows.
 */
@Tag("synapse")
class ShownMediaLiveIT {
  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.empty();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir static Path folder;

  private static SynapseFixture fixture;
  private static LiveStack stack;

  @BeforeAll
  static void start() throws IOException, SQLException {
    fixture = SynapseFixture.withAppservice();
    var synapse = fixture.synapse();
    stack =
        new LiveStack(
            folder,
            postgres,
            kafka,
            ServerAddresses.Leases.SHORT,
            new SynapseAddress(
                synapse.url(), synapse.adminToken(), synapse.serviceToken(), database()));
    stack.worker(stack.synapse());
  }

  @AfterAll
  static void stop() {
    stack.close();
    fixture.close();
  }

  /** The keys of the block {@code database}, with a role that can only read. */
  private static String database() throws IOException, SQLException {
    var password = Files.writeString(folder.resolve("password"), "reader-password");
    fixture
        .synapse()
        .database()
        .useHandle(
            handle -> {
              try (var statement = handle.getConnection().createStatement()) {
                statement.execute(SynapseGrants.readOnly("bailiff_reader"));
                statement.execute("alter role bailiff_reader password 'reader-password'");
              }
            });
    return "{url: \"%s\", user: bailiff_reader, passwordFile: \"%s\", media: {enabled: true}}"
        .formatted(fixture.synapse().databaseUrl(), password);
  }

  @Test
  void filesOfRedactedEventsGoUnlessSomethingElseShowsThem() {
    var spammer = fixture.newUser("spammer");
    var other = fixture.newUser("other");
    var room = fixture.newRoom(spammer, other);
    var files = new ShownFiles(spammer);
    files.all().forEach(id -> show(room, spammer, id));
    show(room, other, files.elsewhere());
    files.useInOtherWays(other);

    RunningJobs.submit(
            stack,
            List.of(
                JobText.of("redact-events", List.of(spammer), "{\"media\": \"unused-elsewhere\"}")))
        .awaitEnd()
        .assertAllGone();

    files.assertOnlyUnusedAreGone();
  }

  @Test
  void filesOfPurgedEventsGoUnlessSomethingElseShowsThem() {
    var spammer = fixture.newUser("spammer");
    var other = fixture.newUser("other");
    var doomed = fixture.newRoom(spammer, other);
    var files = new ShownFiles(spammer);
    files.all().forEach(id -> show(doomed, spammer, id));
    show(fixture.newRoom(other), other, files.elsewhere());
    files.useInOtherWays(other);

    RunningJobs.submit(
            stack,
            List.of(
                JobText.of(
                    "delete-rooms",
                    List.of(doomed),
                    "{\"purge\": true, \"media\": \"unused-elsewhere\"}")))
        .awaitEnd()
        .assertAllGone();

    files.assertOnlyUnusedAreGone();
    assertThat(fixture.hasRoom(doomed)).isFalse();
  }

  private static void show(String room, String sender, String id) {
    fixture
        .http()
        .as(
            sender,
            "PUT",
            path("/_matrix/client/v3/rooms/{}/send/m.room.message/{}", room, sender + id),
            object()
                .put("msgtype", "m.image")
                .put("body", "x")
                .put("url", "mxc://" + fixture.synapse().server().serverName() + "/" + id))
        .ok();
  }

  /** A file that is shown once, and others that are to stay. */
  private record ShownFiles(
      String unused, String elsewhere, String avatar, String safe, String quarantined) {
    ShownFiles(String owner) {
      this(
          fixture.upload(owner, 10),
          fixture.upload(owner, 11),
          fixture.upload(owner, 12),
          fixture.upload(owner, 13),
          fixture.upload(owner, 14));
    }

    List<String> all() {
      return List.of(unused, elsewhere, avatar, safe, quarantined);
    }

    void useInOtherWays(String user) {
      fixture.setAvatar(user, avatar);
      var server = fixture.synapse().server().serverName();
      fixture
          .http()
          .admin("POST", path("/_synapse/admin/v1/media/protect/{}", safe), object())
          .ok();
      fixture
          .http()
          .admin(
              "POST",
              path("/_synapse/admin/v1/media/quarantine/{}/{}", server, quarantined),
              object())
          .ok();
    }

    void assertOnlyUnusedAreGone() {
      assertThat(all()).filteredOn(fixture::hasMedium).doesNotContain(unused).hasSize(4);
    }
  }
}
