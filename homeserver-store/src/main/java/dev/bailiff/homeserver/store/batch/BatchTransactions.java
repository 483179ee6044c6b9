package dev.bailiff.homeserver.store.batch;

import dev.bailiff.database.TransactionBounds;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.store.pace.StorePaceConfig;
import dev.bailiff.homeserver.store.pace.StorePacing;
import dev.bailiff.homeserver.store.pace.TimedReads;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One transaction per batch, for effect and checkpoint together (docs/architecture.md, rule 3).
 *
 * <p>JDBI binds the handle to the thread: calls of {@code fence} and {@code record} through the
 * same {@link Jdbi} ({@code useHandle}, {@code inTransaction}, {@code onDemand}) join the
 * transaction that is open here. {@code BatchTransactionsIT} verifies that JDBI does so.
 */
public final class BatchTransactions {

  /** A batch whose turn did not come leaves its slot to other jobs for so long. */
  private static final Snooze AFTER_NO_TURN = new Snooze(Duration.ofSeconds(1));

  /** Names the place of the one gentle batch among the advisory locks of the database. */
  public static final long GENTLE_PLACE = 0x6261696c6966660L;

  private final BoundedTransactions transactions;
  private final StorePacing pacing;

  /**
   * @param jdbi the instance that the job store uses, so that both join one transaction
   * @param pace the speed of large jobs
   */
  public BatchTransactions(Jdbi jdbi, StoreTimeouts timeouts, StorePaceConfig pace) {
    this.transactions = new BoundedTransactions(jdbi, timeouts);
    this.pacing = new StorePacing(pace, new TimedReads(jdbi, timeouts.bounds()));
  }

  /** The pace of the batches. */
  public StorePacing pacing() {
    return pacing;
  }

  /**
   * Fence, effect, record, commit, when the turn of the batch comes. If it does not, the batch is
   * postponed. An exception of fence or record passes through unchanged.
   *
   * @return the outcome as recorded
   */
  public BatchOutcome run(BatchCommit commit, Function<Handle, BatchOutcome> effect) {
    return run(BoundedTransactions.MANY, commit, effect);
  }

  /**
   * Runs a batch with a number of targets. If there are few, PostgreSQL uses its cached plans
   * ({@link TransactionBounds#setWithKeptPlans}).
   */
  public BatchOutcome run(int targets, BatchCommit commit, Function<Handle, BatchOutcome> effect) {
    var turn = pacing.await(commit.pace());
    if (turn.isEmpty()) {
      return commit.postpone(AFTER_NO_TURN);
    }
    boolean isGentle = pacing.isGentle(commit.pace());
    if (isGentle) {
      commit.paced(pacing.text());
    }
    boolean overloaded = false;
    try {
      return committed(targets, commit, isGentle, effect);
    } catch (JdbiException | HomeserverUnavailableException e) {
      overloaded = true;
      throw e;
    } finally {
      turn.get().end(overloaded);
    }
  }

  /**
   * One gentle batch runs at a time, whichever worker has it: each knows its own turns alone. The
   * place ends with the transaction.
   */
  private static boolean hasGentlePlace(Handle handle) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(:place)")
        .bind("place", GENTLE_PLACE)
        .mapTo(boolean.class)
        .one();
  }

  private BatchOutcome committed(
      int targets, BatchCommit commit, boolean isGentle, Function<Handle, BatchOutcome> effect) {
    return transactions.retrying(
        targets,
        handle -> {
          BoundedTransactions.ofEngine(
              () -> {
                commit.fence();
                return true;
              });
          if (isGentle && !hasGentlePlace(handle)) {
            return BoundedTransactions.ofEngine(() -> commit.postpone(AFTER_NO_TURN));
          }
          BatchOutcome outcome = effect.apply(handle);
          return BoundedTransactions.ofEngine(() -> commit.record(outcome));
        });
  }

  /** Runs a read, with the same limits. */
  public <T> T read(Function<Handle, T> query) {
    return read(BoundedTransactions.MANY, query);
  }

  /** Runs a read about a number of targets, as {@link #run(int, BatchCommit, Function)} does. */
  public <T> T read(int targets, Function<Handle, T> query) {
    return transactions.retrying(targets, query);
  }
}
