package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.embedded.EmbeddedKafkaServer;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Progress;
import dev.bailiff.testing.KafkaExtension;
import dev.bailiff.testing.PostgresExtension;
import dev.bailiff.testing.TcpProxy;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.process.TestPlace;
import dev.bailiff.worker.tally.TallyParameters;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** Takes the servers away while jobs run. */
class ServerFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String DATABASE = "postgres";

  private static EmbeddedPostgresServer postgres;
  private static EmbeddedKafkaServer kafka;

  @RegisterExtension
  final EngineExtension engine =
      new EngineExtension(
          test ->
              new TestPlace(
                  postgres.jdbcUrl(DATABASE),
                  postgres.user(),
                  postgres.password(),
                  kafka.bootstrapServers(),
                  test + ".",
                  "no-media"));

  @BeforeAll
  static void startServers() {
    postgres = PostgresExtension.privateServer().start();
    kafka = KafkaExtension.privateBroker().start();
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(postgres.jdbcUrl(DATABASE));
    dataSource.setUser(postgres.user());
    dataSource.setPassword(postgres.password());
    Database.migrate(dataSource);
  }

  @AfterAll
  static void stopServers() {
    kafka.close();
    postgres.close();
  }

  @Test
  void jobsEndAlthoughKafkaIsStoppedAndComesBackEmpty() {
    var first = engine.worker("first");
    engine.worker("second");
    var jobs = submitThree();
    first.awaitLine("batch-committed tally tally", LIMIT);

    kafka.stop();
    kafka.wipe();
    kafka.start();

    jobs.forEach(this::assertDoneOnce);
  }

  @Test
  void jobsEndAlthoughPostgresIsKilledAndStartedAgainUnderLoad() {
    var first = engine.worker("first");
    engine.worker("second");
    var jobs = submitThree();
    first.awaitLine("batch-open tally", LIMIT);

    postgres.stopAtOnce();
    postgres.start();

    jobs.forEach(this::assertDoneOnce);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNeitherRepeatedNorForgotten() {
    try (var proxy = TcpProxy.to("127.0.0.1", postgres.port())) {
      // Without prepared statements every commit is spelled out, so that the proxy can see it.
      var seen =
          engine
              .place()
              .databaseAt(
                  "jdbc:postgresql://127.0.0.1:"
                      + proxy.port()
                      + "/"
                      + DATABASE
                      + "?prepareThreshold=0");
      var worker = engine.worker(seen, "behind-proxy", "-");
      var job = engine.submit("tally", TallyParameters.of(1, 100).slow(200), "@a:x");
      worker.awaitLine("batch-committed tally tally", LIMIT);
      for (int commit = 0; commit < 5; commit++) {
        proxy.swallowRepliesFrom("COMMIT");
        await().atMost(LIMIT).until(proxy::isSwallowing);
        proxy.restore();
      }

      assertEnded(job, 100);
      worker.awaitLine("segment retried", LIMIT);
    }
  }

  private List<JobId> submitThree() {
    return Stream.of("@a:x", "@b:x", "@c:x")
        .map(target -> engine.submit("tally", TallyParameters.of(6, 20).slow(100), target))
        .toList();
  }

  private void assertDoneOnce(JobId job) {
    assertEnded(job, 6 * 20);
  }

  private void assertEnded(JobId job, long items) {
    var ended = engine.awaitEnd(job);
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.items(job, "tally")).as("nothing is lost").isEqualTo(items);
    assertThat(engine.effects(job, "tally")).as("nothing is done twice").isEqualTo(items);
    assertThat(ended.progress()).isEqualTo(new Progress(items + 1, items + 1, 0, 0));
  }
}
