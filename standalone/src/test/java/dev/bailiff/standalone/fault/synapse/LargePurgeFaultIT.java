package dev.bailiff.standalone.fault.synapse;

import static dev.bailiff.testing.synapse.SynapseHttp.object;
import static dev.bailiff.testing.synapse.SynapseHttp.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.homeserver.synapse.SynapseGrants;
import dev.bailiff.standalone.fault.ServerAddresses;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.synapse.SynapseFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Purges by direct SQL in the database of a real Synapse, which something interferes with. */
@Tag("synapse")
class LargePurgeFaultIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String DELETION = "delete-rooms";
  private static final int LARGE = 100;

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.empty();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir static Path folder;

  private static SynapseFixture fixture;
  private static LiveStack stack;
  private static SynapseAddress withDatabase;

  @TempDir Path markers;
  private Flood flood;
  private RunningJobs jobs;

  @BeforeAll
  static void start() throws Exception {
    fixture = SynapseFixture.withAppservice();
    var synapse = fixture.synapse();
    stack =
        new LiveStack(
            folder,
            postgres,
            kafka,
            ServerAddresses.Leases.SHORT,
            new SynapseAddress(synapse.url(), synapse.adminToken(), synapse.serviceToken(), null));
    withDatabase = stack.synapse().withDatabase(database());
    awaitKnownSchema();
  }

  @AfterAll
  static void stop() {
    stack.close();
    fixture.close();
  }

  @BeforeEach
  void submit() {
    flood = Flood.on(fixture, new Flood.Size(0, 0, 2, 1, 0));
    IntStream.range(0, LARGE)
        .forEach(n -> fixture.send(flood.doomed(), flood.creator(), "Message " + n));
    jobs =
        RunningJobs.submit(
            stack, List.of(JobText.of(DELETION, List.of(flood.doomed()), "{\"purge\": true}")));
  }

  @AfterEach
  void killWorkersAndRestoreTheSchema() throws SQLException {
    stack.killWorkers();
    change(
        "drop table if exists new_of_a_release;"
            + " delete from applied_schema_deltas where file = '94/99_new_of_a_release.sql'");
  }

  @Test
  void aSchemaThatChangesUnderAPurgeLeavesTheRestToSynapse() throws Exception {
    long before = events(flood.doomed());
    dieAt("purgeEvents:done");
    assertThat(events(flood.doomed())).isLessThan(before);
    assertThat(fixture.hasRoom(flood.doomed())).isTrue();

    change("create table new_of_a_release (room_id text)");
    change("insert into applied_schema_deltas values (94, '94/99_new_of_a_release.sql')");
    stack.worker(withDatabase);
    jobs.awaitEnd().assertAllGone();

    assertThat(jobs.onlyTarget(DELETION).facts().get("purge_way"))
        .startsWith("synapse: ")
        .endsWith("is not known");
    assertThat(fixture.hasRoom(flood.doomed())).isFalse();
    assertThat(events(flood.doomed())).isZero();
    assertThat(fixture.isBlocked(flood.doomed())).as("blocked for the purge alone").isFalse();
  }

  @Test
  void aRoomThatIsUnblockedUnderAPurgeKeepsItsEvents() throws IOException {
    // The first worker dies before the plan is stored; the room is planned and blocked once more.
    dieAt("purgeEvents:fence");
    dieAt("purgeEvents:fence");
    assertThat(fixture.isBlocked(flood.doomed())).isTrue();
    long before = events(flood.doomed());

    fixture
        .http()
        .admin(
            "PUT",
            path("/_synapse/admin/v1/rooms/{}/block", flood.doomed()),
            object().put("block", false))
        .ok();
    stack.worker(withDatabase);
    jobs.awaitEnd().assertCountersAreTrue();

    assertThat(jobs.failures(DELETION))
        .singleElement()
        .satisfies(failure -> assertThat(failure.text()).contains("unblocked during its purge"));
    assertThat(fixture.hasRoom(flood.doomed())).isTrue();
    assertThat(events(flood.doomed())).isEqualTo(before);
  }

  @Test
  void burstsOfErrorsAtTheBlockAndItsEndFailNothing() {
    try (var front = new FaultyFront(() -> fixture.synapse().url())) {
      // A block and its end; more refusals than a segment has attempts.
      for (int n = 0; n < 2; n++) {
        front.answer(429, 7, "PUT /_synapse/admin/v1/rooms/");
        front.answer(503, 3, "PUT /_synapse/admin/v1/rooms/");
        front.pass("PUT /_synapse/admin/v1/rooms/");
      }
      stack.worker(withDatabase.at(front.url()));
      jobs.awaitEnd().assertAllGone();

      assertThat(front.unmet()).isEmpty();
    }
    assertThat(jobs.onlyTarget(DELETION).facts()).containsEntry("purge_way", "sql");
    assertThat(fixture.isBlocked(flood.doomed())).isFalse();
    assertThat(events(flood.doomed())).isZero();
  }

  /** The keys of the block {@code database}, with a role that has just the rights of a purge. */
  private static String database() throws IOException, SQLException {
    var password = Files.writeString(folder.resolve("purge-password"), "purge-password");
    change(SynapseGrants.of("bailiff_purge"));
    change("alter role bailiff_purge password 'purge-password'");
    return "{url: \"%s\", user: bailiff_purge, passwordFile: \"%s\", purge: {enabled: true, fromEvents: %d}}"
        .formatted(fixture.synapse().databaseUrl(), password, LARGE);
  }

  /** A new Synapse brings its tables up to date in the background, for a minute or so. */
  private static void awaitKnownSchema() {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(count("select count(*) from background_updates")).isZero());
  }

  private static long events(String room) {
    return count("select count(*) from events where room_id = '" + room + "'");
  }

  private static long count(String query) {
    return fixture
        .synapse()
        .database()
        .withHandle(handle -> handle.createQuery(query).mapTo(Long.class).one());
  }

  private static void change(String sql) throws SQLException {
    fixture
        .synapse()
        .database()
        .useHandle(
            handle -> {
              try (var statement = handle.getConnection().createStatement()) {
                statement.execute(sql);
              }
            });
  }

  /** Starts a worker and waits until it has died at the moment. */
  private void dieAt(String moment) throws IOException {
    var marker = Files.createTempDirectory(markers, "death-");
    var worker = stack.mortalWorker(withDatabase, marker, List.of(moment));
    assertThat(worker.awaitExit(LIMIT)).isEqualTo(137);
  }
}
