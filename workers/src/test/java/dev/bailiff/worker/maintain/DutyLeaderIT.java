package dev.bailiff.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.job.store.DutyTerms;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.maintain.DutyLeader.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One worker of fifty does the duties, and their cost does not grow with the number of workers. The
 * test takes each step by hand; the workers' clock only moves when the test moves it.
 */
class DutyLeaderIT {
  private static final int WORKERS = 50;

  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  private final AtomicLong nanos = new AtomicLong();
  private final List<Place> places = new ArrayList<>();
  private final AtomicInteger statements = new AtomicInteger();
  private Jdbi jdbi;

  /** A worker, and the standing that Kafka gives it. */
  private static final class Place {
    private Standing standing = Standing.RESTS;
    private int settled;
    private final DutyTerms terms;
    private final DutyLeader leader;

    Place(int number, Jdbi jdbi, AtomicLong nanos) {
      var upkeep = JobStore.on(jdbi, LeaseConfig.DEFAULT).upkeep();
      var duties =
          new Duties(
              () -> false,
              () -> false,
              () -> {
                settled++;
                return false;
              },
              () -> false,
              () -> {},
              () -> {},
              upkeep);
      terms = new DutyTerms(jdbi, LeaseConfig.DEFAULT, "w" + number);
      leader = new DutyLeader(terms, duties, () -> standing, nanos::get);
    }
  }

  @BeforeEach
  void fiftyWorkers() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(
        handle -> {
          handle.execute("truncate jobs.job cascade");
          handle.execute(
              "update jobs.duty_term set expires_at = now(), next_look_at = now(), owner = null");
        });
    // No test has a transaction open, so each statement of the workers is a transaction of its own.
    var counted = Database.jdbi(postgres.dataSource());
    counted.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logBeforeExecution(StatementContext context) {
            statements.incrementAndGet();
          }
        });
    IntStream.range(0, WORKERS).forEach(n -> places.add(new Place(n, counted, nanos)));
    // Each worker looks once as it starts: the first one leads.
    places.forEach(place -> place.leader.runOnce());
  }

  @AfterEach
  void giveBack() {
    places.forEach(place -> place.terms.close());
    places.forEach(place -> place.leader.close());
  }

  @Test
  void oneOfFiftyLeadsAndTheOthersAskNothing() {
    assertThat(leaders()).containsExactly(places.get(0));
    places.get(1).standing = Standing.WATCHES;
    places.forEach(place -> place.leader.runOnce());
    int before = statements.get();

    for (int round = 0; round < 20; round++) {
      places.forEach(place -> place.leader.runOnce());
    }

    assertThat(statements.get() - before)
        .as("one for each round of the leader; the watcher waits for the end of the term it saw")
        .isEqualTo(20);
  }

  @Test
  void aLeaderThatStoodStillIsReplacedAndThenRefused() {
    var old = places.get(0);
    var successor = places.get(7);
    long oldTerm = term();
    successor.standing = Standing.WATCHES;
    assertThat(successor.leader.runOnce()).as("the term goes on").isPositive();

    runOut();
    nanos.addAndGet(DutyTerms.TERM.toNanos());
    successor.leader.runOnce();

    assertThat(leaders()).containsExactly(old, successor);
    assertThat(term()).isGreaterThan(oldTerm);
    aJobToSettle();
    old.leader.runOnce();
    assertThat(leaders()).as("the old one learned it from the row").containsExactly(successor);
    assertThat(old.settled).as("and did nothing more").isZero();
    successor.leader.runOnce();
    assertThat(successor.settled).isEqualTo(1);
  }

  @Test
  void aLeaderThatIsClosedLeavesAtOnce() {
    var successor = places.get(7);
    successor.standing = Standing.WATCHES;

    places.get(0).leader.close();
    nanos.addAndGet(DutyTerms.TERM.toNanos());
    successor.leader.runOnce();

    assertThat(successor.leader.isLeading()).isTrue();
  }

  @Test
  void whoIsCutOffFromKafkaLeavesTheLeadToOthers() {
    places.get(0).standing = Standing.CUT_OFF;
    places.get(7).standing = Standing.WATCHES;

    places.get(0).leader.runOnce();
    nanos.addAndGet(DutyTerms.TERM.toNanos());
    places.get(7).leader.runOnce();
    places.get(0).leader.runOnce();

    assertThat(leaders()).containsExactly(places.get(7));
  }

  @Test
  void allThatAreCutOffTakeTurnsOfOneRound() {
    places.forEach(place -> place.standing = Standing.CUT_OFF);
    places.forEach(place -> place.leader.runOnce());
    places.get(0).leader.runOnce();
    aJobToSettle();
    int before = statements.get();

    places.forEach(place -> place.leader.runOnce());
    assertThat(statements.get() - before).as("none has its turn").isZero();

    // The first five turns are over. Each has four statements: a look, a round, the release of the
    // term, and the next turn.
    nanos.addAndGet(Duration.ofSeconds(51).toNanos());
    places.forEach(place -> place.leader.runOnce());

    assertThat(leaders()).isEmpty();
    assertThat(places.stream().filter(place -> place.settled > 0)).hasSize(5);
    assertThat(statements.get() - before).isEqualTo(5 * 4);
  }

  @Test
  void whatWasLostWithKafkaIsDueAgainThoughTheLeaderDied() {
    var successor = places.get(7);
    jdbi.useHandle(
        handle -> {
          aJobToSettle();
          handle.execute(
              "insert into jobs.segment (job_id, stage_n, segment_n, status, publications, publish_at) select job_id, 0, 0, 'ready', 1, now() + interval '1 minute' from jobs.job");
        });
    successor.leader.kafkaCameBack();
    runOut();
    successor.standing = Standing.WATCHES;
    nanos.addAndGet(DutyTerms.TERM.toNanos());

    successor.leader.runOnce();
    successor.leader.runOnce();

    assertThat(number("select count(*) from jobs.segment where publish_at <= clock_timestamp()"))
        .isEqualTo(1);
  }

  private List<Place> leaders() {
    return places.stream().filter(place -> place.leader.isLeading()).toList();
  }

  private long term() {
    return number("select term from jobs.duty_term");
  }

  private void runOut() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update jobs.duty_term set expires_at = now() - interval '1 millisecond'"));
  }

  private void aJobToSettle() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, target_count, cancel_requested_at)
                values (gen_random_uuid(), 'tally', 'active', '{}', '@a:x', '@a:x', 1, now())
                """));
  }

  private long number(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
  }
}
