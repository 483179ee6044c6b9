package dev.bailiff.worker.run;

import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.LOST_ANSWER;
import static dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble.RATE_LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteMediaParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.schemas.kind.ShownMedia;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteConditions.Trouble;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A remote homeserver settles only a part of a list: it says "later" in the middle, loses an
 * answer, or takes only a few items at a time. No item of a list is missed, and none is counted
 * twice.
 */
class RemotePagesIT {
  private static final CleanUpUsersParameters ERASURE =
      new CleanUpUsersParameters(null, null, null, null, true, null, null);

  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions =
      new RemoteConditions().latency(Duration.ZERO).retryAfter(Duration.ZERO);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);
  private OneThreadEngine engine;

  @BeforeEach
  void start() {
    Jdbi jdbi = Database.jdbi(postgres.dataSource());
    engine = new OneThreadEngine(jdbi, OneThreadEngine.LEASES, homeserver);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "LOST_REQUEST", "LOST_ANSWER"})
  void everyUserIsClosed(Trouble trouble) {
    conditions.then(IntStream.range(0, 10).mapToObj(n -> Trouble.NONE).toArray(Trouble[]::new));
    conditions.then(trouble);

    var ended = run("deactivate-users", new DeactivateUsersParameters(true), homeserver.users());

    assertThat(ended.targetCount()).as("more than one page").isGreaterThan(50);
    engine.assertCompletedAndGone(ended);
  }

  /** Each request meets the trouble once, in each step. */
  @Test
  void everyUserIsCleanedUp() {
    conditions.eachFirst(RATE_LIMITED);

    var ended = run("clean-up-users", ERASURE, users(4));

    engine.assertCompletedAndGone(ended);
  }

  @Test
  void everyUserIsCleanedUpAlthoughFewAreAtATime() {
    conditions.listed(7);

    var ended = run("clean-up-users", ERASURE, homeserver.users());

    engine.assertCompletedAndGone(ended);
  }

  private String[] users(int most) {
    return Stream.of(homeserver.users()).limit(most).toArray(String[]::new);
  }

  @Test
  void everyUserIsClosedAlthoughFewAreAtATime() {
    conditions.listed(7);

    var ended = run("deactivate-users", new DeactivateUsersParameters(true), homeserver.users());

    engine.assertCompletedAndGone(ended);
  }

  /**
   * Each request meets the trouble the first time that it is made, in each stage; a repeated
   * request gets through.
   */
  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "LOST_REQUEST"})
  void everyRoomIsBlockedEmptiedAndPurgedAndItsAliasesMove(Trouble trouble) {
    conditions.eachFirst(trouble);
    var rooms = homeserver.roomsWithAliases();
    assertThat(rooms).hasSizeGreaterThan(3);

    var ended =
        run(
            "delete-rooms",
            new DeleteRoomsParameters(
                "@ada:chat.example", null, null, true, true, false, null, null),
            rooms);

    engine.assertGone(ended);
    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .allSatisfy(
            target -> {
              assertThat(target.facts()).containsKeys("known", "new_room_id");
              assertThat(
                      engine
                          .store()
                          .parts()
                          .replyItems(ended.id(), target.number(), "local_aliases", "", 10))
                  .as("aliases that moved")
                  .isNotEmpty();
            });
  }

  @Test
  void everyRoomOfALongListIsBlocked() {
    conditions.then(Trouble.NONE, RATE_LIMITED);
    var rooms =
        IntStream.range(0, 60).mapToObj("!r%02d:chat.example"::formatted).toArray(String[]::new);

    var ended =
        run(
            "delete-rooms",
            new DeleteRoomsParameters(null, null, null, true, false, null, null, null),
            rooms);

    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .hasSize(60)
        .allSatisfy(target -> assertThat(target.facts()).containsEntry("known", "false"));
  }

  /** Uses so many users that finding their rooms would take too long for a waiting caller. */
  @Test
  void aMediumThatIsNamedTwiceIsCountedTwice() {
    var user = "@crypto-gain-04:chat.example";
    var media = homeserver.mediaOf(user);
    assertThat(media).hasSizeGreaterThan(1);
    // The first operation ends before the first medium that it has deleted already.
    conditions.listed(media.size());

    var ended =
        run(
            "delete-media",
            new DeleteMediaParameters(null, null, null, null),
            Stream.concat(Stream.of(user), media.stream()).toArray(String[]::new));

    engine.assertCompletedAndGone(ended);
    assertThat(ended.progress().done()).isEqualTo(media.size());
    assertThat(ended.progress().skipped()).isEqualTo(media.size());
  }

  @Test
  void whatIsLeftIsCountedInParts() {
    conditions.listed(1);
    var user = "@crypto-gain-03:chat.example";
    var rooms = homeserver.redaction().redactableRooms(user, null, 100);

    var redacted =
        run("redact-events", new RedactEventsParameters(rooms, null, null, null, null, null), user);
    var closed = run("deactivate-users", new DeactivateUsersParameters(true), homeserver.users());

    assertThat(rooms).hasSizeGreaterThan(1);
    engine.assertCompletedAndGone(redacted);
    assertThat(redacted.progress().done()).isPositive();
    engine.assertCompletedAndGone(closed);
    assertThat(closed.progress().skipped()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "LOST_REQUEST"})
  void everyFileThatGoesAlongIsDeletedOnce(Trouble trouble) {
    conditions.eachFirst(trouble).listed(2);
    var user = "@crypto-gain-04:chat.example";
    var media = homeserver.mediaOf(user);
    assertThat(media).as("more than one operation settles").hasSizeGreaterThan(2);

    var ended =
        run(
            "redact-events",
            new RedactEventsParameters(
                List.of(), null, null, null, null, null, null, null, ShownMedia.UNUSED_ELSEWHERE),
            user);

    engine.assertCompletedAndGone(ended);
    assertThat(homeserver.mediaOf(user)).isEmpty();
    if (trouble == RATE_LIMITED) {
      assertThat(engine.store().parts().replyItems(ended.id(), 0, "deleted_media", "", 100))
          .hasSameSizeAs(media);
    }
  }

  @Test
  void ofManyUsersTheRoomsAreLookedUpByThePlan() {
    conditions.eachFirst(RATE_LIMITED);
    var users =
        Stream.concat(
                Stream.of(homeserver.users()),
                IntStream.range(0, 60).mapToObj("@u%02d:chat.example"::formatted))
            .toArray(String[]::new);
    assertThat(users).hasSizeGreaterThan(100);

    var ended =
        run(
            "redact-events",
            new RedactEventsParameters(List.of(), null, null, null, null, null),
            users);

    engine.assertGone(ended);
    assertThat(ended.progress().done()).isGreaterThan(1000);
    assertThat(engine.store().parts().targets(ended.id(), -1, 200))
        .filteredOn(target -> "false".equals(target.facts().get("known")))
        .hasSize(60);
  }

  @Test
  void theHistoryOfEveryRoomIsPurged() {
    conditions.eachFirst(RATE_LIMITED);
    var rooms = homeserver.roomsWithAliases();

    var ended =
        run("purge-history", new PurgeHistoryParameters(true, null, Long.MAX_VALUE, null), rooms);

    engine.assertCompletedAndGone(ended);
    assertThat(engine.store().parts().targets(ended.id(), -1, 100))
        .allSatisfy(target -> assertThat(target.facts()).containsKey("cut_off"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "LOST_REQUEST"})
  void everyMediumIsDeletedAndCountedOnce(Trouble trouble) {
    conditions.eachFirst(trouble).listed(2);
    var media = homeserver.mediaIds();

    var ended =
        run(
            "delete-media",
            new DeleteMediaParameters(null, null, null, null),
            "@crypto-gain-04:chat.example",
            media[0],
            media[1],
            media[2]);

    engine.assertCompletedAndGone(ended);
    if (trouble == RATE_LIMITED) {
      // After a lost request the engine does not know which items were done; items that were done
      // are skipped.
      assertThat(ended.progress().skipped()).isZero();
    }
    assertThat(homeserver.media().mediaLeft(List.of(media[0], media[1], media[2])).ids()).isEmpty();
  }

  @Test
  void everyEventIsRedacted() {
    conditions.eachFirst(RATE_LIMITED).then(LOST_ANSWER);
    var user = "@crypto-gain-03:chat.example";

    var ended =
        run(
            "redact-events",
            new RedactEventsParameters(
                homeserver.redaction().redactableRooms(user, null, 100),
                null,
                null,
                null,
                null,
                null),
            user);

    engine.assertCompletedAndGone(ended);
    assertThat(ended.progress().done()).isPositive();
  }

  private JobView run(String kind, Record parameters, String... targets) {
    return engine.runToEnd(engine.submit(kind, parameters, targets));
  }
}
