package dev.bailiff.homeserver.guard;

import dev.bailiff.database.AdvisoryLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * Lets one at a time take a server admin away, so that two jobs cannot take the last two at once:
 * who looks whether another admin is left does so in the same turn as the change.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
@FunctionalInterface
public interface AdminTurns {

  /** Does some work when nobody else has the turn. */
  <T> T during(Supplier<T> work);

  /** Turns among all processes with this database. A turn is a transaction, so it is short. */
  static AdminTurns of(Jdbi jdbi) {
    return new AdminTurns() {
      @Override
      public <T> T during(Supplier<T> work) {
        return jdbi.inTransaction(
            handle -> {
              handle.execute("set local lock_timeout = '5s'");
              handle.execute("set local idle_in_transaction_session_timeout = '30s'");
              handle.execute(AdvisoryLock.LAST_ADMIN.take());
              return work.get();
            });
      }
    };
  }

  /** Turns within a process, where no database is at hand. */
  static AdminTurns ofProcess() {
    var lock = new Object();
    return new AdminTurns() {
      @Override
      public <T> T during(Supplier<T> work) {
        synchronized (lock) {
          return work.get();
        }
      }
    };
  }
}
