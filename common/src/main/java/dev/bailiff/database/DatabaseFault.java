package dev.bailiff.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why PostgreSQL cannot do now what it was asked, although nothing is wrong with the question.
 * Asked again later, it can. Codes: PostgreSQL's manual, appendix A.
 */
public enum DatabaseFault {
  /** Nobody answers there, or a server that is starting, stopping or standing by. */
  AWAY,
  /** No space is left on its disk; what only reads still works. */
  FULL,
  /** It, or our pool, has no connection or no memory left. */
  EXHAUSTED,
  /** A statement was cancelled, as it took longer than it may. */
  SLOW;

  /** The fault behind a failure, however often that was wrapped; empty if it is of another kind. */
  public static Optional<DatabaseFault> of(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        var fault = of(sql, sql.getSQLState());
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<DatabaseFault> of(SQLException failure, @Nullable String state) {
    if (state == null) {
      // The pool's own words when all connections were in use for too long.
      return failure instanceof SQLTransientConnectionException
          ? Optional.of(EXHAUSTED)
          : Optional.empty();
    }
    if (state.startsWith("08")) {
      return Optional.of(AWAY);
    }
    return switch (state) {
      case "57P01", "57P02", "57P03" -> Optional.of(AWAY); // stops, has crashed, starts
      case "25006" -> Optional.of(AWAY); // cannot write: a standby
      case "53100" -> Optional.of(FULL);
      case "57014" -> Optional.of(SLOW);
      default -> state.startsWith("53") ? Optional.of(EXHAUSTED) : Optional.empty();
    };
  }
}
