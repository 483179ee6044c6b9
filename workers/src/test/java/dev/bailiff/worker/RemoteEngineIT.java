package dev.bailiff.worker;

import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.LOST_ANSWER;
import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.LOST_REQUEST;
import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.NONE;
import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import dev.bailiff.worker.run.RunListener;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs the engine against a homeserver that is far away: slow, sometimes rate-limited (429), with
 * lost answers and tasks that are polled. No class of the engine knows the difference.
 */
class RemoteEngineIT {
  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  private final RemoteConditions conditions =
      new RemoteConditions()
          .latency(Duration.ofMillis(20))
          .retryAfter(Duration.ofMillis(50))
          .then(
              NONE,
              RATE_LIMITED,
              LOST_REQUEST,
              LOST_ANSWER,
              RATE_LIMITED,
              LOST_ANSWER,
              LOST_REQUEST);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);

  @Test
  void usersAreDeactivatedAndHaveLeftTheirRooms() {
    var users = new String[] {"@crypto-gain-01:chat.example", "@crypto-gain-02:chat.example"};

    var ended = run("deactivate-users", new DeactivateUsersParameters(true), users);

    assertCompletedAndGone(ended);
  }

  @Test
  void eventsAreRedactedOnce() {
    var user = "@crypto-gain-03:chat.example";
    var rooms = homeserver.redaction().redactableRooms(user, null, 100);
    var scope =
        new RedactionScope(new Target(0, user), rooms, 1000, EventConditions.between(null, null));
    long candidates =
        homeserver.redaction().redactionRanges(scope, null, 1000).ranges().stream()
            .mapToLong(r -> r.items())
            .sum();
    assertThat(candidates).isPositive();

    var ended =
        run(
            "redact-events",
            new RedactEventsParameters(rooms, "spam", null, null, null, null),
            user);

    assertCompletedAndGone(ended);
    assertThat(ended.progress().done() + ended.progress().skipped()).isEqualTo(candidates);
  }

  @Test
  void aRoomIsDeletedByATaskOfTheOtherSideThatIsPolled() {
    var room = homeserver.redaction().redactableRooms("@ada:chat.example", null, 1).get(0);

    var ended =
        run(
            "delete-rooms",
            new DeleteRoomsParameters(null, null, null, true, true, false, null, null),
            room);

    assertCompletedAndGone(ended);
  }

  @Test
  void historyIsPurgedByATaskOfTheOtherSideThatIsPolled() {
    var room = homeserver.redaction().redactableRooms("@ada:chat.example", null, 1).get(0);

    var ended =
        run("purge-history", new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null), room);

    assertCompletedAndGone(ended);
    assertThat(ended.progress().done() + ended.progress().skipped()).isPositive();
  }

  @Test
  void mediaAreDeletedOnce() {
    var ended =
        run(
            "delete-media",
            new DeleteMediaParameters(Long.MAX_VALUE, 290L, true, null),
            "*",
            "@crypto-gain-04:chat.example",
            "VMiNmsYpXLDwJHqJdnjnMtYk");

    assertCompletedAndGone(ended);
    assertThat(ended.progress().done()).isGreaterThan(10);
    assertThat(
            homeserver.media().media(new Range("@crypto-gain-04:chat.example", 1), null, 10).ids())
        .isEmpty();
  }

  private JobView run(String kind, Record parameters, String... targets) {
    try (var unused =
        Worker.start(
            engine.place().settings("remote"),
            jdbi -> homeserver,
            new MetricRegistry(),
            RunListener.NONE)) {
      return engine.awaitEnd(engine.submit(kind, parameters, targets));
    }
  }

  private void assertCompletedAndGone(JobView ended) {
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(ended.progress().failed()).isZero();
    assertThat(engine.store().parts().targets(ended.id(), -1, 10))
        .allSatisfy(
            target -> assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo("gone"));
  }
}
