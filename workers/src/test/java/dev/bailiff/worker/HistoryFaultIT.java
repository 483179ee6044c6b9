package dev.bailiff.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobView;
import dev.bailiff.schemas.kind.DeleteRoomsParameters;
import dev.bailiff.schemas.kind.PurgeHistoryParameters;
import dev.bailiff.testing.server.KafkaExtension;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.process.EngineExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Purges rooms and their history while workers are killed, other jobs want the same room, and
 * events are written into it. The test counts the true result in the data.
 */
class HistoryFaultIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Order(1)
  @RegisterExtension
  static final PostgresExtension postgres = PostgresExtension.migrated();

  @Order(2)
  @RegisterExtension
  static final KafkaExtension kafka = KafkaExtension.shared();

  @Order(3)
  @RegisterExtension
  final EngineExtension engine = new EngineExtension(postgres, kafka);

  @Test
  void exactlyTheOldEventsAreGoneOnceAlthoughTwoWorkersAreKilledOnTheWay() {
    var room = OldRoom.create(engine.jdbi(), "!killed:chat.example", 160_000);
    long cut = 150_001;
    long deletable = room.deletable(cut, false);
    long detachable = room.count("depth < " + cut) - deletable;
    var kept =
        room.ids(
            "not (depth < " + cut + " and state_key is null and sender like '%:away.example')");
    var first = engine.worker("first", "batch-committed:purge");
    var job = engine.submit("purge-history", upTo(cut, false), room.id());
    assertThat(first.awaitExit(LIMIT)).isEqualTo(137);
    assertThat(room.deletable(cut, false)).as("in the middle").isBetween(1L, deletable - 1);
    var second = engine.worker("second");
    second.awaitLine("batch-committed purge-history purge", LIMIT);
    second.kill();
    engine.worker("third");

    var ended = engine.awaitEnd(job);

    assertCompletedAndGone(ended);
    assertThat(room.ids("true")).as("nothing else is gone").isEqualTo(kept);
    assertThat(room.count("outlier")).as("what is kept is detached").isEqualTo(detachable);
    assertThat(room.count("outlier and depth >= " + cut)).isZero();
    assertThat(room.orphans()).as("redactions went with their events").isZero();
    assertThat(ended.progress().done())
        .as("counters equal to reality, each event once")
        .isEqualTo(deletable + detachable)
        .isEqualTo(ended.progress().total());
    assertThat(ended.progress().failed()).isZero();
    assertThat(ended.progress().skipped()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"history first", "history between", "history last"})
  void twoDeletionsAndAPurgeOfHistoryOfOneRoomAllEndAndTheRoomIsGone(String order) {
    var room =
        OldRoom.create(engine.jdbi(), "!" + order.replace(' ', '-') + ":chat.example", 30_000);
    long cut = 20_001;
    long below = room.count("depth < " + cut);
    long deletable = room.deletable(cut, true);
    engine.worker("first");
    engine.worker("second");
    int place = List.of("history first", "history between", "history last").indexOf(order);
    var jobs = new ArrayList<JobId>();
    for (int n = 0; n < 3; n++) {
      jobs.add(
          n == place
              ? engine.submit("purge-history", upTo(cut, true), room.id())
              : engine.submit("delete-rooms", deletion(), room.id()));
    }

    var ended = jobs.stream().map(engine::awaitEnd).toList();

    ended.forEach(this::assertCompletedAndGone);
    for (var table : List.of("event", "membership", "current_state", "room")) {
      assertThat(room.rows(table)).as(table).isZero();
    }
    assertThat(room.orphans()).isZero();
    long byHistory = done(ended.get(place), "purge");
    assertThat(byHistory).as("all of it, or the room was gone before").isIn(0L, below);
    long byDeletions = ended.stream().mapToLong(job -> done(job, "purge")).sum() - byHistory;
    assertThat(byDeletions)
        .as("each event is deleted once, the leaves of the members too")
        .isEqualTo(30_000 + OldRoom.MEMBERS - (byHistory == 0 ? 0 : deletable));
    assertThat(ended.stream().mapToLong(job -> done(job, "shut-down")).sum())
        .isEqualTo(OldRoom.MEMBERS);
    await().until(() -> claims() == 0);
  }

  @Test
  void whatIsWrittenWhileHistoryIsPurgedStaysWhateverItsDepth() throws Exception {
    var room = OldRoom.create(engine.jdbi(), "!written:chat.example", 120_000);
    long cut = 110_001;
    long state = room.count("depth < " + cut + " and state_key is not null");
    long above = room.count("depth >= " + cut);
    JobView ended;
    List<RoomWriter.Written> written;
    try (var writer = RoomWriter.start(room)) {
      await().atMost(LIMIT).until(() -> writer.written().size() > 10);
      var job = engine.submit("purge-history", upTo(cut, true), room.id());
      engine.worker("first");
      engine.worker("second");
      ended = engine.awaitEnd(job);
      written = writer.written();
    }

    assertCompletedAndGone(ended);
    long planned = planned(ended.id());
    var late = written.stream().filter(event -> event.arrival() > planned).toList();
    assertThat(late).as("some came after the plan").isNotEmpty().hasSizeLessThan(written.size());
    assertThat(room.ids("event_id like '$written%' and not outlier"))
        .as("those, and only those, are there")
        .containsAll(late.stream().map(RoomWriter.Written::event).toList())
        .doesNotContainAnyElementsOf(
            written.stream()
                .filter(event -> event.arrival() <= planned)
                .map(RoomWriter.Written::event)
                .toList());
    assertThat(room.count("depth < " + cut + " and event_id not like '$written%'"))
        .as("of the old ones only state is left")
        .isEqualTo(state);
    assertThat(room.count("depth >= " + cut + " and not outlier")).isEqualTo(above);
  }

  @Test
  void whatIsWrittenWhileTheRoomIsDeletedGoesWithIt() throws Exception {
    var room = OldRoom.create(engine.jdbi(), "!deleted:chat.example", 60_000);
    JobView ended;
    int before;
    int after;
    try (var writer = RoomWriter.start(room)) {
      await().atMost(LIMIT).until(() -> writer.written().size() > 10);
      before = writer.written().size();
      var job = engine.submit("delete-rooms", deletion(), room.id());
      engine.worker("first");
      ended = engine.awaitEnd(job);
      writer.awaitEnd();
      after = writer.written().size();
    }

    assertCompletedAndGone(ended);
    assertThat(after).as("it was written into meanwhile").isGreaterThan(before);
    for (var table : List.of("event", "membership", "current_state", "room")) {
      assertThat(room.rows(table)).as(table).isZero();
    }
  }

  private static PurgeHistoryParameters upTo(long depth, boolean localEvents) {
    return new PurgeHistoryParameters(localEvents, null, null, depth);
  }

  private static DeleteRoomsParameters deletion() {
    return new DeleteRoomsParameters(null, null, null, true, true, false, null, null);
  }

  private static long done(JobView job, String stage) {
    return job.stages().stream()
        .filter(each -> each.name().equals(stage))
        .mapToLong(each -> each.progress().done())
        .sum();
  }

  private long planned(JobId job) throws JsonProcessingException {
    var cutOff = engine.store().parts().targets(job, -1, 1).get(0).facts().get("cut_off");
    return new ObjectMapper().readTree(cutOff).required("planned").longValue();
  }

  private long claims() {
    return engine
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("select count(*) from jobs.claim").mapTo(Long.class).one());
  }

  private void assertCompletedAndGone(JobView ended) {
    var errors =
        engine.store().parts().segments(ended.id(), -1, -1, 100).stream()
            .map(segment -> String.valueOf(segment.lastError()))
            .distinct()
            .toList();
    assertThat(ended.status()).as("%s %s", ended.error(), errors).isEqualTo(JobStatus.COMPLETED);
    assertThat(engine.store().parts().targets(ended.id(), -1, 10))
        .allSatisfy(
            target -> assertThat(target.verdict()).as("%s", target.leftOver()).isEqualTo("gone"));
    long ends =
        engine
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select count(*) from jobs.transition
                             where job_id = :job and to_status in ('completed', 'failed', 'cancelled')
                            """)
                        .bind("job", ended.id().value())
                        .mapTo(Long.class)
                        .one());
    assertThat(ends).isEqualTo(1);
  }
}
