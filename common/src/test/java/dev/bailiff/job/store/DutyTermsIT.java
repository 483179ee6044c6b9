package dev.bailiff.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.job.store.DutyTerms.Due;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** There is one leader at a time, and the numbers of terms only grow. */
class DutyTermsIT extends JobStoreFixture {
  private DutyTerms one;
  private DutyTerms two;

  @BeforeEach
  void freeTerm() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.duty_term set expires_at = now(), next_look_at = now(), owner = null"));
    one = new DutyTerms(jdbi, CONFIG, "one");
    two = new DutyTerms(jdbi, CONFIG, "two");
  }

  @AfterEach
  void giveBack() {
    one.close();
    two.close();
  }

  @Test
  void theRowIsTakenByOneAndTheOtherLearnsHowLongItLasts() {
    assertThat(one.look().term()).isPresent();

    var refused = two.look();
    assertThat(refused.term()).isEmpty();
    assertThat(refused.left()).isPositive().isLessThanOrEqualTo(DutyTerms.TERM);
  }

  @Test
  void aSuccessorHasAHigherTermAndTheOldLeaderIsRefused() {
    long old = one.look().term().orElseThrow();
    runOut();

    long next = two.look().term().orElseThrow();

    assertThat(next).isGreaterThan(old);
    assertThat(one.renew(old, true)).isEmpty();
    assertThat(one.look().term()).isEmpty();
    one.release(old);
    assertThat(two.renew(next, true)).as("the old one's word ends nothing").isPresent();
    assertThat(one.look().term()).isEmpty();
  }

  @Test
  void aLeaderThatWasLateGoesOnIfNobodyTookTheRow() {
    long term = one.look().term().orElseThrow();
    runOut();

    assertThat(one.renew(term, false)).isPresent();
    assertThat(two.look().term()).isEmpty();
  }

  @Test
  void anEndThatNoClockCanHaveSetIsNotBelieved() {
    long old = one.look().term().orElseThrow();
    jdbi.useHandle(
        handle ->
            handle.execute("update jobs.duty_term set expires_at = now() + interval '1 hour'"));

    assertThat(two.look().term()).isPresent();
    assertThat(one.renew(old, false)).isEmpty();
  }

  @Test
  void aRoundWritesOnlyWhenTheTermIsRenewed() {
    long term = one.look().term().orElseThrow();
    String end = "select expires_at from jobs.duty_term";
    var before = instant(end);

    one.renew(term, true);
    assertThat(instant(end)).as("it has just begun").isEqualTo(before);

    jdbi.useHandle(
        handle ->
            handle.execute("update jobs.duty_term set expires_at = now() + interval '2 seconds'"));
    one.renew(term, true);
    assertThat(instant(end)).isAfter(databaseTime().plusMillis(2_100));
  }

  @Test
  void theLeaderLearnsWhatIsDue() {
    long term = one.look().term().orElseThrow();
    assertThat(one.renew(term, true)).contains(new Due(false, false, false, false, false));

    var first = accept(request("@a:x"));
    assertThat(one.renew(term, true)).contains(new Due(false, true, false, false, false));

    jdbi.useHandle(handle -> handle.execute("update jobs.segment set publish_at = now()"));
    assertThat(one.renew(term, true)).contains(new Due(true, true, false, false, false));

    var plan =
        store.leases().lease(first.commands().get(0).command(), 1, "me", STAGES).orElseThrow();
    store.upkeep().sendTransitions(10, events -> true);
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.segment set lease_expires_at = now() - interval '1 second'"));
    assertThat(one.renew(term, true)).contains(new Due(false, false, false, true, false));
    assertThat(one.renew(term, false)).contains(new Due(false, false, false, false, false));

    store.leases().record(plan.lease(), done(1), List.of());
    assertThat(one.renew(term, true)).contains(new Due(false, false, false, false, true));
  }

  @Test
  void turnsFollowEachOtherHoweverManyTakeThem() {
    var first = one.takeTurn();
    var second = two.takeTurn();

    assertThat(first).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
    assertThat(second).isBetween(Duration.ofSeconds(18), Duration.ofSeconds(20));
    for (int n = 0; n < 70; n++) {
      assertThat(one.takeTurn()).isLessThanOrEqualTo(Duration.ofMinutes(10));
    }
  }

  private void runOut() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.duty_term set expires_at = now() - interval '1 millisecond'"));
  }
}
