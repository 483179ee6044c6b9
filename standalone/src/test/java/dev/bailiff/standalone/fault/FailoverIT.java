package dev.bailiff.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.access.OperatorTokens;
import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.secret.Sha256;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.KafkaCluster;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.PostgresPair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of servers with replicas that take over, while a client submits jobs one after another.
 * Every accepted job is stored, ends, and does nothing twice.
 */
class FailoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final int USERS = 24;

  /** The number of accepted jobs that make a load before a fault, and after it. */
  private static final int SOME = 8;

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();
  @RegisterExtension static final KafkaExtension kafka = KafkaExtension.shared();

  @TempDir Path folder;

  private final List<JobId> accepted = new CopyOnWriteArrayList<>();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void aStandbyTakesThePlaceOfAKilledPrimary() throws Exception {
    try (var pair = PostgresPair.start(FailoverIT::fill)) {
      var servers =
          new ServerAddresses(
              pair.jdbcUrl(),
              pair.user(),
              pair.password(),
              kafka.bootstrapServers(),
              kafka.prefix() + "primary",
              ServerAddresses.Leases.SHORT);
      var jdbi = Database.jdbi(pair.dataSource());
      try (var stack = new InProcessStack(folder, servers, 2)) {
        var load = submitUntilEnough(stack);
        awaitAccepted(SOME);

        pair.killPrimary();
        pair.promoteStandby();

        awaitAccepted(accepted.size() + SOME);
        assertThat(isStandby(jdbi)).as("the new primary").isFalse();
        assertAllDoneOnce(load, jdbi);
      }
    }
  }

  @Test
  void anyOneOfThreeBrokersMayBeStopped() throws Exception {
    fill(postgres.dataSource());
    try (var cluster = KafkaCluster.start()) {
      var servers =
          new ServerAddresses(
              postgres.jdbcUrl(),
              postgres.user(),
              postgres.password(),
              cluster.bootstrapServers(),
              "brokers",
              ServerAddresses.Leases.SHORT);
      var jdbi = Database.jdbi(postgres.dataSource());
      try (var stack = new InProcessStack(folder, servers, 2)) {
        var load = submitUntilEnough(stack);
        for (int n = 0; n < cluster.size(); n++) {
          awaitAccepted(accepted.size() + SOME);
          cluster.broker(n).stop();
          awaitAccepted(accepted.size() + SOME);
          awaitEnded(jdbi, List.copyOf(accepted)); // by the two remaining brokers
          cluster.broker(n).start();
          awaitCopies(cluster);
        }
        assertAllDoneOnce(load, jdbi);
      }
    }
  }

  // The load

  /** Submits one small job after another; repeats each job until it is accepted. */
  private CompletableFuture<Void> submitUntilEnough(InProcessStack stack) {
    var api = new JobApi(stack.gatewayPort());
    return CompletableFuture.runAsync(
        () -> {
          for (int n = 0; !enough.get(); n++) {
            accepted.add(api.submit("failover-" + n, n % 2 == 0 ? redaction(n) : leaving(n)));
            await().pollDelay(PACE).until(() -> true); // slower than jobs end
          }
        });
  }

  private void awaitAccepted(int jobs) {
    await().atMost(LIMIT).until(() -> accepted.size() >= jobs);
  }

  private static String redaction(int n) {
    return """
        {"kind": "redact-events", "targets": ["%s"], "parameters": {"rooms": []}}"""
        .formatted(user(n / 2));
  }

  private static String leaving(int n) {
    return """
        {"kind": "deactivate-users", "targets": ["%s"], "parameters": {"erase": true}}"""
        .formatted(user(n / 2));
  }

  private static String user(int n) {
    return "@crypto-gain-%02d:chat.example".formatted(n % USERS);
  }

  private static void fill(DataSource dataSource) {
    Database.migrate(dataSource);
    var jdbi = Database.jdbi(dataSource);
    Community.importInto(jdbi);
    new OperatorTokens(jdbi).add("test", Sha256.of(JobApi.TOKEN));
    new ChaosLedger(jdbi).open();
  }

  // Checks

  private void assertAllDoneOnce(CompletableFuture<Void> load, Jdbi jdbi) throws Exception {
    enough.set(true);
    load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    awaitEnded(jdbi, List.copyOf(accepted));
    var ledger = new ChaosLedger(jdbi);
    await().atMost(LIMIT).until(ledger::isSettled);
    assertThat(new HashSet<>(accepted)).as("each a job of its own").hasSameSizeAs(accepted);
    assertThat(jobs(jdbi, "true")).containsExactlyInAnyOrderElementsOf(accepted);
    assertThat(ledger.faults()).isEmpty();
    assertThat(ledger.effects("redacted")).isPositive();
  }

  private static void awaitEnded(Jdbi jdbi, List<JobId> jobs) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> jobs(jdbi, "finalized_at is not null").containsAll(jobs));
  }

  private static List<JobId> jobs(Jdbi jdbi, String condition) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select job_id::text from jobs.job where " + condition)
                .mapTo(String.class)
                .map(id -> JobId.parse(id).orElseThrow())
                .list());
  }

  private static boolean isStandby(Jdbi jdbi) {
    return jdbi.withHandle(
        handle -> handle.createQuery("select pg_is_in_recovery()").mapTo(Boolean.class).one());
  }

  /** Waits until every partition has its three copies again, so that the next broker may stop. */
  private static void awaitCopies(KafkaCluster cluster) {
    try (var admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .until(
              () ->
                  admin
                      .describeTopics(admin.listTopics().names().get())
                      .allTopicNames()
                      .get()
                      .values()
                      .stream()
                      .flatMap(topic -> topic.partitions().stream())
                      .allMatch(partition -> partition.isr().size() == cluster.size()));
    }
  }
}
