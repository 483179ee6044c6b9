package dev.bailiff.homeserver.store.batch;

import dev.bailiff.database.DatabaseAway;
import dev.bailiff.database.SqlStates;
import dev.bailiff.database.TransactionBounds;
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
 * Transactions with limits, which are repeated after a deadlock and whose errors are those of the
 * port.
 */
public final class BoundedTransactions {

  /**
   * Enough, as deadlocks between batches are rare and brief, and one of the batches always
   * succeeds.
   */
  private static final int ATTEMPTS = 5;

  /** Number of targets for which cached plans are made. */
  private static final int FEW = 10;

  static final int MANY = Integer.MAX_VALUE;

  private final Jdbi jdbi;
  private final TransactionBounds bounds;

  public BoundedTransactions(Jdbi jdbi, StoreTimeouts timeouts) {
    this.jdbi = jdbi;
    this.bounds = timeouts.bounds();
  }

  /** Runs a read. */
  public <T> T read(Function<Handle, T> query) {
    return retrying(MANY, query);
  }

  /**
   * Runs work with a number of targets. If there are few, PostgreSQL uses its cached plans ({@link
   * TransactionBounds#setWithKeptPlans}).
   */
  <T> T retrying(int targets, Function<Handle, T> work) {
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

  /** A call whose exceptions pass unchanged. */
  static <T> T ofEngine(Supplier<T> call) {
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
