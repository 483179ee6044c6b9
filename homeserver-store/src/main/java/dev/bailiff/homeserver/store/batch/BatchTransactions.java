package dev.bailiff.homeserver.store.batch;

import dev.bailiff.database.DatabaseAway;
import dev.bailiff.database.RefusedData;
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
 * <p>JDBI binds the handle to the thread: whatever {@code fence} and {@code record} do through the
 * same {@link Jdbi} ({@code useHandle}, {@code inTransaction}, {@code onDemand}) joins the
 * transaction that is open here. {@code BatchTransactionsIT} holds JDBI to that.
 */
public final class BatchTransactions {

  /** Deadlocks between batches are rare and over at once; somebody always got through. */
  private static final int ATTEMPTS = 5;

  /** Kept plans are made for so many. */
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
   * Fence, effect, record, commit. An exception of fence or record passes through as it is.
   *
   * @return the outcome as it was recorded
   */
  public BatchOutcome run(BatchCommit commit, Function<Handle, BatchOutcome> effect) {
    return run(MANY, commit, effect);
  }

  /**
   * The same for a number of targets: of few, PostgreSQL uses the plans that it keeps ({@link
   * TransactionBounds#setWithKeptPlans}).
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

  /** A read, with the same limits. */
  public <T> T read(Function<Handle, T> query) {
    return read(MANY, query);
  }

  /** A read about a number of targets, as {@link #run(int, BatchCommit, Function)}. */
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

  /** A group of batches has opened a transaction before, with limits of its own. */
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
   * In a group of batches the transaction is the group's: it is lost with its first error, and the
   * group is for the engine to try again.
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
   * Serialization failures and deadlocks: the transaction was rolled back, and may be tried again
   * at once.
   */
  private static boolean isConflict(@Nullable String state) {
    return state != null && state.startsWith("40");
  }

  /**
   * What is no sign of a database that is away passes as it is: a batch that waits for a lock or a
   * statement for too long each time must run out of attempts one day.
   */
  private static RuntimeException translated(JdbiException e, @Nullable String state) {
    if (RefusedData.says(state)) {
      return new BatchRefusedException("the store refuses the batch: " + state, e);
    }
    return DatabaseAway.says(e)
        ? new HomeserverUnavailableException("the store cannot be asked now", e)
        : e;
  }

  /** Carries what fence or record threw past the translation. */
  private static final class EngineFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException cause;

    EngineFailure(RuntimeException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
