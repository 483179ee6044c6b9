package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.database.Database;
import dev.bailiff.embedded.EmbeddedPostgresServer;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.Progress;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.ProxiedBroker;
import dev.bailiff.testing.server.TcpProxy;
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

/** Takes away the servers, and the connections to them, while jobs run. */
class ServerFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String DATABASE = "postgres";

  private static EmbeddedPostgresServer postgres;
  private static ProxiedBroker kafka;

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
    kafka = ProxiedBroker.start();
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
    var jobs = submitThree(6);
    first.awaitLine("batch-committed tally tally", LIMIT);

    kafka.server().stop();
    kafka.server().wipe();
    kafka.server().start();

    jobs.forEach(this::assertDoneOnce);
  }

  @Test
  void jobsEndAlthoughPostgresIsKilledAndStartedAgainUnderLoad() {
    var first = engine.worker("first");
    engine.worker("second");
    var jobs = submitThree(6);
    first.awaitLine("batch-open tally", LIMIT);

    postgres.stopAtOnce();
    postgres.start();

    jobs.forEach(this::assertDoneOnce);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNeitherRepeatedNorForgotten() {
    try (var proxy = TcpProxy.to("127.0.0.1", postgres.port())) {
      // Without prepared statements every commit is sent as text, so that the proxy can see it.
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
      // At least one slot got no answer; the segment may have been its own or not.
      worker.awaitLine(".SegmentReturn: ", LIMIT);
    }
  }

  /**
   * Runs one worker that is never restarted, so this worker does all work after a cut. Messages
   * that it sends during a cut are lost: commands of segments that came into the window, answers to
   * the commands in hand, events.
   */
  @Test
  void aWorkerCutOffFromKafkaAgainAndAgainGoesOnByItselfAndRepeatsNothing() {
    var proxy = kafka.proxy();
    var worker = engine.worker(engine.place().kafkaAt(kafka.proxiedServers()), "cut-off", "-");
    var jobs = submitThree(12);
    worker.awaitLine("batch-committed tally tally", LIMIT);

    for (var fault : List.<Runnable>of(this::cut, proxy::blackHole, this::cut)) {
      fault.run();
      awaitNothingInHand();
      assertThat(jobs).as("in the middle").anyMatch(job -> !isEnded(job));
      proxy.restore();
      awaitMoreEffects();
    }
    for (int drop = 0; drop < 3; drop++) {
      proxy.dropConnections();
      awaitMoreEffects();
    }

    jobs.forEach(job -> assertEnded(job, 12 * 20));
    assertEnded(engine.submit("tally", TallyParameters.of(2, 10), "@after:x"), 20);
    assertThat(worker.isAlive()).isTrue();
  }

  /** Cuts the connection, and waits until the worker has tried in vain to come back. */
  private void cut() {
    int before = kafka.proxy().refused();
    kafka.proxy().cut();
    await().atMost(LIMIT).until(() -> kafka.proxy().refused() > before);
  }

  /**
   * Waits until every segment of the worker is done or given back; nothing new can reach the
   * worker.
   */
  private void awaitNothingInHand() {
    await().atMost(LIMIT).until(() -> count("jobs.segment where status = 'leased'") == 0);
  }

  private void awaitMoreEffects() {
    long before = count("tally");
    await().atMost(LIMIT).until(() -> count("tally") > before);
  }

  private boolean isEnded(JobId job) {
    return engine.view(job).status().isTerminal();
  }

  private long count(String from) {
    return engine
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }

  private List<JobId> submitThree(int segments) {
    return Stream.of("@a:x", "@b:x", "@c:x")
        .map(target -> engine.submit("tally", TallyParameters.of(segments, 20).slow(100), target))
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
