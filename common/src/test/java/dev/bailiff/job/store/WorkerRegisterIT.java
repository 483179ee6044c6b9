package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.WorkerView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workers, as operators see them. */
class WorkerRegisterIT extends JobStoreFixture {
  private static final WorkerRegister.Entry ME =
      new WorkerRegister.Entry("me", "0.1.0", Map.of("express", 1, "delete-rooms", 2));

  @BeforeEach
  void noWorkers() {
    jdbi.useHandle(handle -> handle.execute("truncate jobs.worker"));
  }

  @Test
  void workerIsShownWithWhatItHasInHand() {
    var segment = openWork("@a:x");
    accept(request("@b:x"));

    store.workers().enter(ME, Duration.ofMinutes(5), 0);

    var worker = only();
    assertThat(worker.name()).isEqualTo("me");
    assertThat(worker.release()).isEqualTo("0.1.0");
    assertThat(worker.slots()).isEqualTo(ME.slots());
    assertThat(Duration.between(worker.startedAt(), worker.seenAt()))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(worker.rate()).isZero();
    assertThat(worker.segments())
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.job()).isEqualTo(segment.lease().key().job());
              assertThat(held.kind()).isEqualTo(TestKind.PARAMETERS.kind());
              assertThat(held.stage()).isEqualTo("work");
            });
  }

  @Test
  void workerThatStartsAgainUnderItsNameHasOneRow() {
    store.workers().enter(ME, Duration.ofHours(1), 7);
    store
        .workers()
        .enter(new WorkerRegister.Entry("me", null, Map.of("express", 3)), Duration.ZERO, 0);

    var worker = only();
    assertThat(worker.release()).isNull();
    assertThat(worker.slots()).isEqualTo(Map.of("express", 3));
    assertThat(worker.startedAt()).isEqualTo(worker.seenAt());
    assertThat(worker.rate()).isZero();
  }

  @Test
  void workersThatAreSeenAreRecentAndThoseNotSeenForADayAreForgotten() {
    for (var name : List.of("alive", "dead", "gone")) {
      store.workers().enter(new WorkerRegister.Entry(name, null, Map.of()), Duration.ofDays(3), 0);
    }
    age("alive", "26 hours");
    age("dead", "23 hours");
    age("gone", "25 hours");
    var before = databaseTime();

    store.workers().seen(List.of("alive", "unknown"));

    var workers = store.workers().list("", 10);
    assertThat(workers).extracting(WorkerView::name).containsExactly("alive", "dead");
    assertThat(workers.get(0).seenAt()).isAfter(before);
    assertThat(workers.get(1).seenAt()).isBefore(before);
  }

  @Test
  void rateIsOfAWorkerThatIsThere() {
    store.workers().enter(ME, Duration.ZERO, 0);

    assertThat(store.workers().worked("me", 12.5)).isTrue();
    assertThat(store.workers().worked("other", 1)).isFalse();

    assertThat(only().rate()).isEqualTo(12.5);
  }

  @Test
  void workerThatEndsIsNotShown() {
    store.workers().enter(ME, Duration.ZERO, 0);

    store.workers().leave("me");

    assertThat(store.workers().list("", 10)).isEmpty();
  }

  @Test
  void leaderOfTheDutiesIsShown() {
    store.workers().enter(ME, Duration.ZERO, 0);
    store.workers().enter(new WorkerRegister.Entry("other", null, Map.of()), Duration.ZERO, 0);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.duty_term set owner = 'me', expires_at = now() + interval '4 s'"));

    assertThat(store.workers().list("", 10))
        .extracting(WorkerView::leads)
        .containsExactly(true, false);

    jdbi.useHandle(handle -> handle.execute("update jobs.duty_term set expires_at = now()"));
    assertThat(store.workers().list("", 1)).extracting(WorkerView::leads).containsExactly(false);
    assertThat(store.workers().list("me", 10))
        .extracting(WorkerView::name)
        .containsExactly("other");
  }

  private WorkerView only() {
    var workers = store.workers().list("", 10);
    assertThat(workers).hasSize(1);
    return workers.get(0);
  }

  private void age(String worker, String age) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.worker set seen_at = now() - cast(? as interval) where worker = ?",
                age,
                worker));
  }
}
