package dev.bailiff.homeserver.store.batch;

import dev.bailiff.database.DatabaseAway;
import dev.bailiff.database.SqlStates;
import dev.bailiff.database.TransactionBounds;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.BatchRefusedException;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * One transaction per batch, for effect and checkpoint together (docs/architecture.md, rule 3).
 *
 * <p>JDBI binds the handle to the thread: calls of {@code fence} and {@code record} through the
 * same {@link Jdbi} ({@code useHandle}, {@code inTransaction}, {@code onDemand}) join the
 * transaction that is open here. {@code BatchTransactionsIT} verifies that JDBI does so.
 */
public final class BatchTransactions {

  /**
   * Enough, as deadlocks between batches are rare and brief, and one of the batches always
   * succeeds.
   */
  private static final int ATTEMPTS = 5;

  /** Number of targets for which cached plans are made. */
  private static final int FEW = 10;

  private static final int MANY = Integer.MAX_VALUE;

  private final Jdbi jdbi;
  private final TransactionBounds bounds;

  public BatchTransactions(Jdbi jdbi, StoreTimeouts timeouts) {
    this.jdbi = jdbi;
    this.bounds =
        new TransactionBounds(timeouts.lock(), timeouts.statement(), timeouts.idleInTransaction());
  }

  /**
   * Fence, effect, record, commit. An exception of fence or record passes through unchanged.
   *
   * @return the outcome as recorded
   */
  public BatchOutcome run(BatchCommit commit, Function<Handle, BatchOutcome> effect) {
    return run(MANY, commit, effect);
  }

  /**
   * Runs a batch with a number of targets. If there are few, PostgreSQL uses its cached plans
   * ({@link TransactionBounds#setWithKeptPlans}).
   */
  public BatchOutcome run(int targets, BatchCommit commit, Function<Handle, BatchOutcome> effect) {
    return retrying(
        targets,
        handle -> {
          ofEngine(
              () -> {
                commit.fence();
                return true;
              });
          BatchOutcome outcome = effect.apply(handle);
          return ofEngine(() -> commit.record(outcome));
        });
  }

  /** Runs a read, with the same limits. */
  public <T> T read(Function<Handle, T> query) {
    return read(MANY, query);
  }

  /** Runs a read about a number of targets, as {@link #run(int, BatchCommit, Function)} does. */
  public <T> T read(int targets, Function<Handle, T> query) {
    return retrying(targets, query);
  }

  private <T> T retrying(int targets, Function<Handle, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.withHandle(
            handle ->
                handle.isInTransaction() ? work.apply(handle) : limited(handle, targets, work));
      } catch (EngineFailure e) {
        if (last(attempt) || !isConflict(sqlState(e.cause))) {
          throw e.cause;
        }
      } catch (JdbiException e) {
        String state = sqlState(e);
        if (last(attempt) || !isConflict(state)) {
          throw translated(e, state);
        }
      }
    }
  }

  /**
   * Sets the limits of this batch, also inside the transaction of a group of batches, which began
   * with limits of its own.
   */
  private <T> T limited(Handle handle, int targets, Function<Handle, T> work) {
    return handle.inTransaction(
        begun -> {
          if (targets <= FEW) {
            bounds.setWithKeptPlans(begun);
          } else {
            bounds.set(begun);
          }
          return work.apply(begun);
        });
  }

  /**
   * Whether this attempt is the last. A batch in a group gets only one, as the transaction is the
   * group's: the first error loses the whole transaction, and the engine repeats the group.
   */
  private boolean last(int attempt) {
    return attempt == ATTEMPTS || jdbi.withHandle(Handle::isInTransaction);
  }

  private static <T> T ofEngine(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw new EngineFailure(e);
    }
  }

  private static @Nullable String sqlState(Throwable thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return sql.getSQLState();
      }
    }
    return null;
  }

  /**
   * Whether a state is a serialization failure or a deadlock: the transaction was rolled back, and
   * may be tried again at once.
   */
  private static boolean isConflict(@Nullable String state) {
    return state != null && state.startsWith("40");
  }

  /**
   * Translates an error. Errors that do not say that the database is away pass unchanged: a batch
   * that waits too long for a lock or a statement each time must run out of attempts at some point.
   */
  private static RuntimeException translated(JdbiException e, @Nullable String state) {
    if (SqlStates.isDataError(state)) {
      return new BatchRefusedException("the store refuses the batch: " + state, e);
    }
    return DatabaseAway.says(e)
        ? new HomeserverUnavailableException("the store cannot be asked now", e)
        : e;
  }

  /** Carries an exception of fence or record past the translation. */
  private static final class EngineFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException cause;

    EngineFailure(RuntimeException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
