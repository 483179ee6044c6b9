package dev.bailiff.job.store;

import dev.bailiff.database.DatabaseAway;
import dev.bailiff.job.JobStoreException;
import dev.bailiff.job.JobStoreException.Reach;
import dev.bailiff.job.JobStoreUnavailableException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the job store by callers that must not know its database: an error of the database
 * becomes a {@link JobStoreException}. All other exceptions pass unchanged. A call may contain a
 * whole batch: the effect of a homeserver in this database is in the store's transaction, and its
 * errors become errors of the store.
 */
public final class StoreCalls {

  /** Classes of SQL states: a transaction that was rolled back; a lock that could not be taken. */
  private static final String ROLLED_BACK = "40";

  private static final String IN_USE = "55";

  private StoreCalls() {}

  /**
   * Makes a call.
   *
   * @throws JobStoreUnavailableException if the store is away
   * @throws JobStoreException if the store fails otherwise
   */
  public static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (JdbiException e) {
      throw DatabaseAway.says(e)
          ? new JobStoreUnavailableException(e, reach(e))
          : new JobStoreException(e, reach(e));
    }
  }

  /** Makes a call without a result. */
  public static void run(Runnable call) {
    call(
        () -> {
          call.run();
          return true;
        });
  }

  private static Reach reach(JdbiException e) {
    if (e instanceof ConnectionException) {
      return Reach.NOT_SENT;
    }
    return e.getCause() instanceof SQLException sql && isRolledBack(sql.getSQLState())
        ? Reach.ROLLED_BACK
        : Reach.UNKNOWN;
  }

  private static boolean isRolledBack(@Nullable String state) {
    return state != null && (state.startsWith(ROLLED_BACK) || state.startsWith(IN_USE));
  }
}
