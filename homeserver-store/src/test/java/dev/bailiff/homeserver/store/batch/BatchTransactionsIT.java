package dev.bailiff.homeserver.store.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.batch.PaceWish;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.store.pace.StorePaceConfig;
import dev.bailiff.testing.RandomText;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Effect and checkpoint are one transaction, even after errors. */
class BatchTransactionsIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private static final BatchOutcome OUTCOME = BatchOutcome.of(1, 0, null);

  private static final Cursor HERE = new Cursor("here");

  private static final PaceWish GENTLE = new PaceWish(JobPace.GENTLE, 0);

  private final List<String> speeds = new ArrayList<>();

  private Jdbi jdbi;
  private BatchTransactions transactions;

  @BeforeEach
  void createTable() {
    jdbi = Database.jdbi(postgres.dataSource());
    jdbi.useHandle(handle -> handle.execute("create table mark (n int primary key)"));
    jdbi.useHandle(handle -> handle.execute("insert into mark values (1), (2)"));
    transactions =
        new BatchTransactions(
            jdbi, StoreTimeouts.all(Duration.ofMillis(500)), StorePaceConfig.defaults());
  }

  @Test
  void fenceAndRecordJoinTheTransactionHoweverTheyOpenIt() {
    run(
        () -> jdbi.useHandle(handle -> handle.execute("insert into mark values (10)")),
        handle -> handle.execute("insert into mark values (11)"),
        () -> {
          jdbi.useTransaction(handle -> handle.execute("insert into mark values (12)"));
          addMark(13);
        });

    // One transaction wrote all four rows: they carry its id.
    assertThat(
            jdbi.<String, RuntimeException>withHandle(
                handle ->
                    handle
                        .createQuery(
                            "select count(distinct xmin::text) || '' from mark where n >= 10")
                        .mapTo(String.class)
                        .one()))
        .isEqualTo("1");
    assertThat(marks()).isEqualTo(6);
  }

  @Test
  void aBatchWhoseTurnDoesNotComeIsRecordedWithoutAnEffect() {
    assertThat(transactions.pacing().await(GENTLE)).isPresent();

    var outcome =
        transactions.run(
            new GentleCommit(),
            handle -> {
              throw new AssertionError("the batch was worked");
            });

    assertThat(outcome.snooze()).isNotNull();
    assertThat(outcome.next()).as("the place where the segment is").isEqualTo(HERE);
    assertThat(marks()).isEqualTo(2);
  }

  @Test
  void aGentleBatchWaitsForThatOfAnotherWorker() {
    var other =
        new BatchTransactions(
            Database.jdbi(postgres.dataSource()),
            StoreTimeouts.all(Duration.ofMillis(500)),
            StorePaceConfig.defaults());
    var beside = new ArrayList<BatchOutcome>();

    transactions.run(
        new GentleCommit(),
        handle -> {
          beside.add(other.run(new UnmarkedCommit(), second -> OUTCOME));
          return OUTCOME;
        });
    beside.add(other.run(new UnmarkedCommit(), second -> OUTCOME));

    assertThat(beside.get(0).snooze()).isNotNull();
    assertThat(beside.get(1)).isEqualTo(OUTCOME);
  }

  @Test
  void aGentleBatchSaysItsSpeedAndAFastOneDoesNot() {
    transactions.run(new GentleCommit(), handle -> OUTCOME);
    run(() -> {}, handle -> {}, () -> {});

    assertThat(speeds)
        .singleElement()
        .asString()
        .startsWith("gentle, a batch for 25 % of the time, database p95 ");
  }

  @Test
  void aBatchEndsItsTurnHoweverItEnds() {
    assertThatThrownBy(
            () ->
                transactions.run(
                    new GentleCommit(),
                    handle -> BatchOutcome.of(handle.execute("selec 1"), 0, null)))
        .isInstanceOf(JdbiException.class);

    assertThat(transactions.run(new GentleCommit(), handle -> OUTCOME)).isEqualTo(OUTCOME);
  }

  @Test
  void whatRecordThrowsPassesUntouchedAndNothingIsKept() {
    IllegalStateException lost = new IllegalStateException("lease lost");

    assertThatThrownBy(
            () ->
                run(
                    () -> addMark(10),
                    handle -> handle.execute("insert into mark values (11)"),
                    () -> {
                      throw lost;
                    }))
        .isSameAs(lost);
    assertThat(marks()).isEqualTo(2);
  }

  @Test
  void brokenConstraintRefusesTheBatch() {
    assertThatThrownBy(() -> effect(handle -> handle.execute("insert into mark values (1)")))
        .isInstanceOf(BatchRefusedException.class);
    assertThatThrownBy(() -> effect(handle -> handle.execute("insert into mark values ('x'::int)")))
        .isInstanceOf(BatchRefusedException.class);
  }

  @Test
  void textThatFitsNoIndexRefusesTheBatch() {
    jdbi.useHandle(handle -> handle.execute("create table name (name text primary key)"));

    assertThatThrownBy(
            () ->
                effect(
                    handle ->
                        handle.execute("insert into name values (?)", RandomText.ofLength(8_000))))
        .isInstanceOf(BatchRefusedException.class)
        .hasMessageContaining("54000");
  }

  @Test
  void mistakeOfOursIsNoOutage() {
    assertThatThrownBy(() -> effect(handle -> handle.execute("selec 1")))
        .isNotInstanceOf(HomeserverUnavailableException.class)
        .isNotInstanceOf(BatchRefusedException.class);
  }

  @Test
  void slowStatementIsNoOutageAsItMayBeSlowEachTime() {
    assertThatThrownBy(() -> effect(handle -> handle.execute("select pg_sleep(5)")))
        .isInstanceOf(JdbiException.class);
  }

  @Test
  void lockThatIsNotGivenIsNoOutageAsItMayNeverBeGiven() {
    jdbi.useTransaction(
        holder -> {
          holder.execute("update mark set n = n where n = 1");
          CompletableFuture<Throwable> waiting =
              CompletableFuture.supplyAsync(
                  () -> thrownBy(handle -> handle.execute("update mark set n = n where n = 1")));
          assertThat(waiting.join()).isInstanceOf(JdbiException.class);
        });
  }

  @Test
  void cutConnectionIsAnOutageAndKeepsNothing() {
    assertThat(
            thrownBy(
                handle -> {
                  handle.execute("insert into mark values (10)");
                  postgres.database().terminateConnections();
                  handle.execute("insert into mark values (11)");
                }))
        .isInstanceOf(HomeserverUnavailableException.class);
    assertThat(marks()).isEqualTo(2);
  }

  @Test
  void deadlockIsTriedAgainAtOnce() {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger tries = new AtomicInteger();
    BatchTransactions patient =
        new BatchTransactions(
            jdbi, StoreTimeouts.all(Duration.ofSeconds(10)), StorePaceConfig.defaults());

    List<CompletableFuture<Void>> batches =
        List.of(
            CompletableFuture.runAsync(() -> crossing(patient, 1, 2, bothHoldOne, tries)),
            CompletableFuture.runAsync(() -> crossing(patient, 2, 1, bothHoldOne, tries)));
    batches.forEach(CompletableFuture::join);

    assertThat(tries).hasValueGreaterThan(2);
  }

  private static void crossing(
      BatchTransactions patient,
      int first,
      int second,
      CyclicBarrier barrier,
      AtomicInteger tries) {
    AtomicInteger mine = new AtomicInteger();
    patient.run(
        commit(() -> {}, () -> {}),
        handle -> {
          tries.incrementAndGet();
          handle.execute("update mark set n = n where n = ?", first);
          if (mine.incrementAndGet() == 1) {
            await(barrier);
          }
          handle.execute("update mark set n = n where n = ?", second);
          return OUTCOME;
        });
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Throwable thrownBy(Consumer<Handle> effect) {
    try {
      effect(effect);
      throw new AssertionError("nothing was thrown");
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void effect(Consumer<Handle> effect) {
    run(() -> {}, effect, () -> {});
  }

  private void run(Runnable fence, Consumer<Handle> effect, Runnable record) {
    transactions.run(
        commit(fence, record),
        handle -> {
          effect.accept(handle);
          return OUTCOME;
        });
  }

  private static BatchCommit commit(Runnable fence, Runnable record) {
    return new BatchCommit() {
      @Override
      public void fence() {
        fence.run();
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        record.run();
        return outcome;
      }
    };
  }

  /** Stands for the job store, which gets its handle from the same Jdbi. */
  private void addMark(int n) {
    jdbi.useHandle(
        handle -> handle.createUpdate("insert into mark (n) values (:n)").bind("n", n).execute());
  }

  private long marks() {
    return jdbi.withHandle(
        handle -> handle.createQuery("select count(*) from mark").mapTo(Long.class).one());
  }

  /** The commit of a batch that asks for a gentle pace. */
  private final class GentleCommit implements BatchCommit {
    @Override
    public void fence() {}

    @Override
    public BatchOutcome record(BatchOutcome outcome) {
      addMark(20);
      return outcome;
    }

    @Override
    public BatchOutcome postpone(Snooze snooze) {
      return BatchOutcome.snooze(HERE, snooze);
    }

    @Override
    public PaceWish pace() {
      return GENTLE;
    }

    @Override
    public void paced(String speed) {
      speeds.add(speed);
    }
  }

  /** Gentle, and records nothing. */
  private static final class UnmarkedCommit implements BatchCommit {
    @Override
    public void fence() {}

    @Override
    public BatchOutcome record(BatchOutcome outcome) {
      return outcome;
    }

    @Override
    public BatchOutcome postpone(Snooze snooze) {
      return BatchOutcome.snooze(HERE, snooze);
    }

    @Override
    public PaceWish pace() {
      return GENTLE;
    }
  }
}
