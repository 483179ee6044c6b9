package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.job.LeaseLostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps that a process died before doing are done again, or later. */
class JobUpkeepIT extends JobStoreFixture {
  @Test
  void anExpiredLeaseIsRescuedOnceAndItsSegmentPublishedAgain() {
    var plan = leasedPlan("@a:x");
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set lease_expires_at = now() - interval '1 second'"));

    assertThat(store.upkeep().rescue(10)).isEqualTo(1);
    assertThat(store.upkeep().rescue(10)).isZero();
    assertThatThrownBy(() -> store.leases().fence(plan.lease()))
        .isInstanceOf(LeaseLostException.class);
    var again = store.upkeep().republish(10);
    assertThat(again).hasSize(1);
    var second = store.leases().lease(again.get(0).command(), 1, "two", STAGES).orElseThrow();
    assertThat(second.lease().epoch()).isEqualTo(2);
    assertThat(second.lease().attempt()).as("attempts count as the lease is taken").isEqualTo(2);
  }

  @Test
  void whatIsReadyIsPublishedAgainAfterGrowingWaits() {
    accept(request("@a:x"));
    assertThat(store.upkeep().republish(10)).as("just published").isEmpty();

    jdbi.useHandle(handle -> handle.execute("update jobs.segment set publish_at = now()"));
    var before = databaseTime();
    assertThat(store.upkeep().republish(10)).hasSize(1);
    var after = databaseTime();

    assertThat(store.upkeep().republish(10)).isEmpty();
    assertThat(instant("select publish_at from jobs.segment"))
        .as("10 s after the second publication, on the database's clock")
        .isBetween(before.plusSeconds(10), after.plusSeconds(10));
  }

  @Test
  void aJobForLaterIsNotPublishedBeforeItsTime() {
    var accepted = accept(request("@a:x").at(Instant.now().plusSeconds(3600)));

    assertThat(accepted.commands()).isEmpty();
    assertThat(store.upkeep().republish(10)).isEmpty();
  }

  @Test
  void aLeaseThatEndsLaterThanAnyCanIsRescuedAsTheClockWasPutBack() {
    leasedPlan("@a:x");
    assertThat(store.upkeep().rescue(10)).as("it is well").isZero();
    putClockBack();

    assertThat(store.upkeep().rescue(10)).isEqualTo(1);
    assertThat(store.upkeep().republish(10)).hasSize(1);
  }

  @Test
  void whatWaitsLongerThanAnythingCanIsDueAsTheClockWasPutBackAndAJobForLaterIsNot() {
    var later = accept(request("@b:x").at(Instant.now().plusSeconds(24 * 3600)));
    accept(request("@a:x"));
    var retried = leasedPlan("@c:x");
    store.leases().retryLater(retried.lease(), Duration.ofHours(9), "away");
    assertThat(store.upkeep().makeFarDue(10)).as("nothing waits that long").isZero();
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(
                    "update jobs.segment set publish_at = publish_at + interval '1 hour' where job_id <> :later")
                .bind("later", later.job().value())
                .execute());

    assertThat(store.upkeep().makeFarDue(10)).isEqualTo(2);

    assertThat(store.upkeep().republish(10)).hasSize(2);
    assertThat(store.upkeep().makeFarDue(10)).isZero();
  }

  /** Less than the longest wait that there is, and more than any of these waits. */
  @Test
  void clockThatWasPutBackByAMinuteDelaysNothingByAMinute() {
    var later = accept(request("@later:x").at(Instant.now().plusSeconds(24 * 3600)));
    accept(request("@published:x"));
    var retried = leasedPlan("@retried:x");
    store.leases().retryLater(retried.lease(), Duration.ofSeconds(2), "failed");
    var waiting = leasedPlan("@waiting:x");
    store.leases().waitForHomeserver(waiting.lease(), Duration.ofSeconds(20), 1, "away");
    assertThat(store.upkeep().makeFarDue(10)).as("each waits as long as it should").isZero();
    putClockBackBy("1 minute");

    assertThat(store.upkeep().makeFarDue(10)).isEqualTo(3);

    assertThat(store.upkeep().republish(10))
        .hasSize(3)
        .noneMatch(command -> command.command().jobId().equals(later.job().value()));
    assertThat(store.upkeep().makeFarDue(10)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "30, 30", "90, 60"})
  void aHomeserverThatIsAwayForLongIsAskedAgainWithinTenSecondsOrWhenItWishes(
      int wished, int waits) {
    var waiting = leasedPlan("@waiting:x");
    jdbi.useHandle(handle -> handle.execute("update jobs.segment set homeserver_waits = 20"));

    store.leases().waitForHomeserver(waiting.lease(), Duration.ofSeconds(wished), 1, "away");

    var stored =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        "select round(extract(epoch from publish_at - ready_at))::int from jobs.segment")
                    .mapTo(Integer.class)
                    .one());
    assertThat(stored).isEqualTo(waits);
    assertThat(store.upkeep().makeFarDue(10)).as("as long as it should").isZero();
  }

  /** Nobody takes its commands, so it waits ever longer, as it should. */
  @Test
  void segmentThatWasPublishedOftenWaitsLongByItself() {
    accept(request("@a:x"));
    for (int published = 1; published < 6; published++) {
      jdbi.useHandle(handle -> handle.execute("update jobs.segment set publish_at = now()"));
      assertThat(store.upkeep().republish(10)).hasSize(1);
      assertThat(store.upkeep().makeFarDue(10)).isZero();
    }
  }

  /** Simulates a clock that was put back: all stored times of segments move ahead. */
  private void putClockBackBy(String time) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set publish_at = publish_at + interval '%1$s', ready_at = ready_at + interval '%1$s'"
                        .formatted(time)
                    + " where publish_at < now() + interval '1 hour'"));
  }

  @Test
  void progressIsToldAlthoughTheClockWasPutBack() {
    var plan = leasedPlan("@a:x");
    jdbi.useHandle(
        handle -> handle.execute("update jobs.stage set progress_at = now() + interval '1 hour'"));

    assertThat(store.leases().takesProgressTurn(plan.lease().key(), null)).isTrue();
    assertThat(store.leases().takesProgressTurn(plan.lease().key(), null)).as("once").isFalse();
  }

  /**
   * Simulates a clock that was put back, as far as leases see it: the stored times move ahead by an
   * hour.
   */
  private void putClockBack() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set lease_expires_at = lease_expires_at + interval '1 hour'"));
  }

  @Test
  void jobsWhoseSettlingWasLostAreFound() {
    var plan = leasedPlan("@a:x");
    store.leases().record(plan.lease(), done(1), List.of());

    assertThat(store.upkeep().unsettled(10)).containsExactly(plan.job().id());
    store.settlement().settle(plan.job().id(), STAGES, null);
    assertThat(store.upkeep().unsettled(10)).isEmpty();
  }

  @Test
  void transitionsAreHandedOutUntilTheyAreAcknowledged() {
    accept(request("@a:x"));
    var seen = new ArrayList<Long>();

    assertThat(
            store
                .upkeep()
                .sendTransitions(
                    10,
                    events -> {
                      events.forEach(e -> seen.add(e.id()));
                      return false;
                    }))
        .isZero();
    assertThat(
            store
                .upkeep()
                .sendTransitions(
                    10,
                    events -> {
                      events.forEach(e -> seen.add(e.id()));
                      return true;
                    }))
        .isEqualTo(1);
    assertThat(store.upkeep().sendTransitions(10, events -> true)).isZero();
    assertThat(seen).hasSize(2).allMatch(id -> id.equals(seen.get(0)));
  }
}
