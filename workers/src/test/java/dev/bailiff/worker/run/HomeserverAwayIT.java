package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A remote homeserver is away for longer than any number of attempts lasts. The test also checks
 * that no request is made while a transaction is open.
 */
class HomeserverAwayIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions =
      new RemoteConditions().latency(Duration.ZERO).retryAfter(Duration.ZERO);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);
  private Jdbi jdbi;
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    jdbi = Database.jdbi(postgres.dataSource());
    engine = restarted();
  }

  /**
   * Restarts the engine with one attempt a segment: any fault that costs an attempt gives the
   * segment up.
   */
  private OneThreadEngine restarted() {
    return new OneThreadEngine(jdbi, leases(), homeserver, goneAtTheEndOfEachStage());
  }

  /** Waits are as long as in production. */
  private static LeaseConfig leases() {
    var shorter = OneThreadEngine.leases(1);
    return new LeaseConfig(
        shorter.lease(),
        shorter.statementTimeout(),
        shorter.maxAttempts(),
        shorter.window(),
        shorter.republishAfter(),
        LeaseConfig.DEFAULT.republishAtMost(),
        shorter.retryBackoff());
  }

  private RunListener goneAtTheEndOfEachStage() {
    return new RunListener() {
      @Override
      public void stageEnded(String kind, String stage) {
        conditions.away(true);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deactivate-users",
        "redact-events",
        "delete-media",
        "purge-history",
        "delete-rooms"
      })
  void aJobWaitsInEveryStageAndSaysWhatFor(String kind) {
    conditions.away(true);
    var job = submit(kind);
    var waits = new ArrayList<String>();
    JobView view = engine.view(job);
    while (!view.status().isTerminal()) {
      view = engine.run(job, next -> next.waitingFor() != null || next.status().isTerminal());
      if (view.waitingFor() != null) {
        int stages = view.stages().size();
        waits.add(view.stages().get(stages - 1).name());
        assertWaitsWithoutAttempts(job);
        conditions.away(false);
        view = engine.run(job, next -> next.waitingFor() == null || next.stages().size() > stages);
      }
    }

    engine.assertCompletedAndGone(view);
    assertThat(waits).contains("verify").hasSizeGreaterThan(1);
  }

  private JobId submit(String kind) {
    var room = homeserver.roomsWithAliases()[0];
    var user = "@crypto-gain-03:chat.example";
    return switch (kind) {
      case "deactivate-users" -> engine.submit(kind, new DeactivateUsersParameters(true), user);
      case "redact-events" ->
          engine.submit(
              kind,
              new RedactEventsParameters(
                  List.of(homeserver.roomsWithAliases()), null, null, null, null, null),
              user);
      case "delete-media" ->
          engine.submit(kind, new DeleteMediaParameters(Long.MAX_VALUE, 290L, true, null), "*");
      case "purge-history" ->
          engine.submit(kind, new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null), room);
      default ->
          engine.submit(
              kind,
              new DeleteRoomsParameters(null, null, null, true, true, false, null, null),
              room);
    };
  }

  /**
   * Asserts that the segments wait for the homeserver more often than they have attempts, also
   * after a restart.
   */
  private void assertWaitsWithoutAttempts(JobId job) {
    int asked = conditions.requests();
    engine = restarted();
    engine.run(job, view -> conditions.requests() > asked + 2);

    var view = engine.view(job);
    assertThat(view.waitingFor()).isEqualTo("homeserver");
    assertThat(view.status()).isEqualTo(JobStatus.ACTIVE);
    assertThat(engine.store().parts().segments(job, -1, -1, 100))
        .filteredOn(segment -> !segment.status().isTerminal())
        .isNotEmpty()
        .allSatisfy(segment -> assertThat(segment.attempts()).isZero());
    assertThat(view.progress().failed()).isZero();
  }

  @Test
  void theWaitGrowsUpToTenSeconds() {
    conditions.away(true);
    var job =
        engine.submit(
            "delete-rooms",
            new DeleteRoomsParameters(null, null, null, true, false, null, null, null),
            "!a:b");
    engine.run(job, view -> view.waitingFor() != null);
    var waits = new ArrayList<Double>();
    for (int n = 1; n <= 25; n++) {
      jdbi.useHandle(
          handle -> handle.execute("update jobs.segment set publish_at = clock_timestamp()"));
      int asked = conditions.requests();
      engine.run(job, view -> conditions.requests() > asked);
      waits.add(seconds());
    }

    assertThat(waits.get(5)).as("doubled").isGreaterThan(waits.get(0) * 8);
    assertThat(waits.get(24)).as("the longest").isBetween(9.9, 10.1);
  }

  private double seconds() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select extract(epoch from publish_at - ready_at) from jobs.segment")
                .mapTo(Double.class)
                .one());
  }

  @Test
  void whatTheHomeserverAsksForIsTheShortestWait() {
    conditions.away(true).retryAfter(Duration.ofSeconds(30));
    var job =
        engine.submit(
            "delete-rooms",
            new DeleteRoomsParameters(null, null, null, true, false, null, null, null),
            "!a:b");
    engine.run(job, view -> view.waitingFor() != null);

    assertThat(seconds()).isBetween(29.9, 30.1);
  }

  @Test
  void aJobThatWaitsCanBeCancelled() {
    conditions.away(true);
    var job =
        engine.submit("deactivate-users", new DeactivateUsersParameters(true), "@ada:chat.example");
    engine.run(job, view -> view.waitingFor() != null);

    engine.store().settlement().cancel(job);

    assertThat(engine.view(job).status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(engine.view(job).waitingFor()).isNull();
  }

  /** Segments of one poll are committed together only where the homeserver joins in. */
  @Test
  void noCallIsMadeWhileATransactionIsOpen() {
    var open = new ArrayList<String>();
    conditions.watchedBy(
        () -> {
          if (jdbi.withHandle(Handle::isInTransaction)) {
            open.add("a call");
          }
        });
    var users =
        IntStream.range(0, 2100).mapToObj("@u%04d:chat.example"::formatted).toArray(String[]::new);
    engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
    var job =
        engine.submit(
            "redact-events",
            new RedactEventsParameters(List.of("!a:b"), null, null, null, null, null),
            users);

    var ended = engine.runToEnd(job);

    assertThat(ended.stages().get(2).segments()).as("of the verification").isGreaterThan(2);
    assertThat(open).isEmpty();
  }
}
