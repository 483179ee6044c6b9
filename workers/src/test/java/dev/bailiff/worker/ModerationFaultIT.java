package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.job.Progress;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import dev.bailiff.testing.homeserver.Community;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs three kinds on a real homeserver's data while workers are killed. The test counts redaction
 * events, memberships and remaining events in the data, and compares the job's counters with them.
 */
class ModerationFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = Community.database();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  @Test
  void everyEventOfTheSpammersIsRedactedOnceAlthoughTwoWorkersAreKilledOnTheWay() {
    var spammers = users(0, 11);
    long candidates = candidates(spammers);
    assertThat(candidates).as("the wave is there").isGreaterThan(100);
    var first = engine.worker("first");
    var job =
        engine.submit(
            "redact-events",
            new RedactEventsParameters(rooms(spammers), "spam", null, null, null, null),
            spammers);
    first.awaitLine("batch-committed redact-events plan", LIMIT);
    first.kill();
    var second = engine.worker("second");
    second.awaitLine("batch-committed redact-events redact", LIMIT);
    second.kill();
    engine.worker("third");

    var ended = engine.awaitEnd(job);

    assertCompletedAndGone(ended);
    assertThat(candidates(spammers)).as("none is left").isZero();
    assertThat(redactionsTwice()).as("no event is redacted twice").isZero();
    assertThat(redactionEventsBy(spammers)).as("one redaction event each").isEqualTo(candidates);
    assertThat(ended.progress().done()).as("counters equal to reality").isEqualTo(candidates);
    assertThat(ended.progress().failed()).isZero();
  }

  @Test
  void aRoomIsDeletedWholeAndTheOthersAreUntouchedAlthoughWorkersDieAfterShutDownAndAfterPurge() {
    var room = busiestRoom();
    long before = count("homeserver.event where room_id <> '" + room + "'");
    var first = engine.worker("first", "stage-ended:shut-down");
    var job = engine.submit("delete-rooms", deletion(), room);
    assertThat(first.awaitExit(LIMIT)).isEqualTo(137);
    var second = engine.worker("second", "stage-ended:purge");
    assertThat(second.awaitExit(LIMIT)).isEqualTo(137);
    engine.worker("third");

    var ended = engine.awaitEnd(job);

    assertCompletedAndGone(ended);
    for (var table :
        List.of("event", "membership", "current_state", "room_alias", "receipt", "room")) {
      assertThat(count("homeserver." + table + " where room_id = '" + room + "'"))
          .as(table)
          .isZero();
    }
    assertThat(count("homeserver.event where room_id <> '" + room + "'"))
        .as("other rooms")
        .isEqualTo(before);
    long kicked = engine.store().parts().replyItems(job, 0, "kicked_users", "", 1000).size();
    assertThat(kicked).isPositive();
    assertThat(ended.stages().get(1).progress().done())
        .as("nobody is listed twice")
        .isEqualTo(kicked);
  }

  @Test
  void usersAreDeactivatedOnceAndLeaveEachRoomOnceAlthoughAWorkerIsKilled() {
    var users = users(12, 23);
    long joined = joined(users);
    long leavesBefore = leaveEvents(users);
    assertThat(joined).isPositive();
    var first = engine.worker("first", "stage-ended:close-account");
    var job = engine.submit("deactivate-users", new DeactivateUsersParameters(true), users);
    assertThat(first.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(
            count(
                "homeserver.account where deactivated and user_id = any(array['"
                    + String.join("','", users)
                    + "'])"))
        .as("close-account was committed")
        .isEqualTo(users.length);
    engine.worker("second");

    var ended = engine.awaitEnd(job);

    assertCompletedAndGone(ended);
    assertThat(joined(users)).isZero();
    assertThat(leaveEvents(users) - leavesBefore).as("one leave a room").isEqualTo(joined);
    assertThat(ended.stages())
        .filteredOn(stage -> stage.name().equals("leave-rooms"))
        .singleElement()
        .satisfies(
            stage ->
                assertThat(stage.progress().done())
                    .as("counters equal to reality")
                    .isEqualTo(joined));
  }

  @Test
  void aSecondJobForTheSameUserWaitsForTheClaimAndThenFindsNothingToDo() {
    var user = "@ada:chat.example";
    engine.worker("first");
    engine.worker("second");
    var parameters = new RedactEventsParameters(rooms(user), null, null, null, null, null);
    long candidates = candidates(user);

    var one = engine.submit("redact-events", parameters, user);
    var two = engine.submit("redact-events", parameters, user);
    var ended = List.of(engine.awaitEnd(one), engine.awaitEnd(two));

    assertThat(ended).extracting(JobView::status).containsOnly(JobStatus.COMPLETED);
    assertThat(ended.stream().mapToLong(view -> view.progress().done()).sum())
        .isEqualTo(candidates);
    assertThat(redactionsTwice()).isZero();
    await().until(() -> count("jobs.claim") == 0);
  }

  @Test
  void aUserIsErasedWhileTheSameUsersEventsAreBeingRedacted() {
    var user = prolificUser(3, 4_000);
    long candidates = candidates(user);
    assertThat(candidates).isEqualTo(3 * 4_000);
    var redaction =
        engine.submit(
            "redact-events",
            new RedactEventsParameters(rooms(user), "spam", 10_000, null, null, null),
            user);
    engine.worker("first");
    engine.worker("second");
    await().atMost(LIMIT).until(() -> redactionEventsBy(user) > 0);

    var erasure = engine.submit("deactivate-users", new DeactivateUsersParameters(true), user);

    var redacted = engine.awaitEnd(redaction);
    var erased = engine.awaitEnd(erasure);
    assertCompletedAndGone(redacted);
    assertCompletedAndGone(erased);
    assertThat(erased.startedAt()).as("side by side").isBefore(redacted.finalizedAt());
    analyze();
    assertThat(candidates(user)).as("none is left").isZero();
    assertThat(redactionsTwice()).as("no event is redacted twice").isZero();
    assertThat(redactionEventsBy(user)).as("one redaction event each").isEqualTo(candidates);
    assertThat(redacted.progress()).isEqualTo(new Progress(candidates, candidates, 0, 0));
    assertThat(joined(user)).isZero();
    assertThat(leaveEvents(user)).as("one leave a room").isEqualTo(3);
    assertThat(count("homeserver.account where erased and user_id = '" + user + "'")).isEqualTo(1);
  }

  /** Updates the statistics, so that counting does not take longer than the work. */
  private void analyze() {
    engine
        .jdbi()
        .useHandle(handle -> handle.execute("analyze homeserver.event, homeserver.redaction"));
  }

  /** Makes a user who has joined rooms of its own, with this number of messages in each. */
  private String prolificUser(int rooms, int messages) {
    var user = "@prolific:chat.example";
    engine
        .jdbi()
        .useTransaction(
            handle -> {
              handle.execute(
                  "insert into homeserver.account (user_id, created_at) values (?, 1)", user);
              for (int n = 1; n <= rooms; n++) {
                var room = OldRoom.create(engine.jdbi(), "!prolific-" + n + ":chat.example", 10);
                handle.execute(
                    "insert into homeserver.membership (room_id, user_id, membership, event_id) values (?, ?, 'join', ?)",
                    room.id(),
                    user,
                    "$join-" + n);
                handle.execute(
                    """
                    insert into homeserver.event
                      (stream_ordering, depth, origin_server_ts, room_id, event_id, type, sender, content)
                    select nextval('homeserver.event_stream_ordering'), 10 + m, m, ?, '$' || m || '-by-prolific-' || ?,
                           'm.room.message', ?, '{"body":"more"}'
                      from generate_series(1, ?) m
                    """,
                    room.id(),
                    n,
                    user,
                    messages);
              }
            });
    analyze();
    return user;
  }

  private static DeleteRoomsParameters deletion() {
    return new DeleteRoomsParameters(null, null, null, true, true, false, null, null);
  }

  private static String[] users(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj("@crypto-gain-%02d:chat.example"::formatted)
        .toArray(String[]::new);
  }

  private void assertCompletedAndGone(JobView ended) {
    assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().targets(ended.id(), -1, 1000))
        .allSatisfy(
            target -> {
              assertThat(target.verdict())
                  .as("%s %s", target.target(), target.leftOver())
                  .isEqualTo("gone");
              assertThat(target.failed()).isFalse();
            });
    assertThat(terminalTransitions(ended.id())).isEqualTo(1);
  }

  private long terminalTransitions(JobId job) {
    return count(
        "jobs.transition where job_id = '"
            + job
            + "' and to_status in ('completed', 'failed', 'cancelled')");
  }

  private List<String> rooms(String... users) {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        "select distinct room_id from homeserver.event where sender = any(:users) order by 1")
                    .bind("users", users)
                    .mapTo(String.class)
                    .list());
  }

  private long candidates(String... users) {
    return number(
        """
        select count(*) from homeserver.event e
         where e.sender = any(:users)
           and (e.type in ('m.room.message', 'm.room.encrypted')
                or e.type = 'm.room.member' and e.content ->> 'membership' = 'join')
           and not exists (select from homeserver.redaction r where r.redacts = e.event_id)
           and exists (select from homeserver.room r where r.room_id = e.room_id)
        """,
        users);
  }

  private long redactionEventsBy(String... users) {
    return number(
        """
        select count(*) from homeserver.event e join homeserver.redaction r on r.event_id = e.event_id
         where e.sender = any(:users) and e.type = 'm.room.redaction' and e.content ->> 'reason' = 'spam'
        """,
        users);
  }

  private long redactionsTwice() {
    return count(
        """
        (select r.redacts from homeserver.redaction r join homeserver.event e on e.event_id = r.event_id
          where e.content ->> 'reason' is not distinct from 'spam' or e.stream_ordering > 5000
          group by r.redacts having count(*) > 1) as twice
        """);
  }

  private long joined(String... users) {
    return number(
        "select count(*) from homeserver.membership where user_id = any(:users) and membership = 'join'",
        users);
  }

  private long leaveEvents(String... users) {
    return number(
        """
        select count(*) from homeserver.event
         where sender = any(:users) and state_key = sender and type = 'm.room.member' and content ->> 'membership' = 'leave'
        """,
        users);
  }

  private String busiestRoom() {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
            select m.room_id from homeserver.membership m
             where m.membership = 'join' and m.user_id not like '@crypto%'
             group by m.room_id order by count(*) desc, m.room_id limit 1
            """)
                    .mapTo(String.class)
                    .one());
  }

  private long number(String sql, String... users) {
    return engine
        .jdbi()
        .withHandle(handle -> handle.createQuery(sql).bind("users", users).mapTo(Long.class).one());
  }

  private long count(String from) {
    return engine
        .jdbi()
        .withHandle(
            handle -> handle.createQuery("select count(*) from " + from).mapTo(Long.class).one());
  }
}
