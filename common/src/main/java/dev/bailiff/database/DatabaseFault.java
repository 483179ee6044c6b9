package dev.bailiff.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reasons why PostgreSQL cannot do now what a valid statement asks; the same statement may succeed
 * later. Codes: PostgreSQL's manual, appendix A.
 */
public enum DatabaseFault {
  /** No server answers at the address, or the server is starting, stopping or a standby. */
  AWAY,
  /** The disk of the server is full; statements that only read still work. */
  FULL,
  /** The server, or our pool, has no connection or no memory left. */
  EXHAUSTED,
  /** A statement was cancelled because it took longer than allowed. */
  SLOW;

  /**
   * The fault behind a failure, however deeply the fault is wrapped; empty if the failure is of
   * another kind.
   */
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
      // The pool throws this without a state when all connections were in use for too long.
      return failure instanceof SQLTransientConnectionException
          ? Optional.of(EXHAUSTED)
          : Optional.empty();
    }
    if (state.startsWith("08")) {
      return Optional.of(AWAY);
    }
    return switch (state) {
      case "57P01", "57P02", "57P03" -> Optional.of(AWAY); // stopping, crashed, starting
      case "25006" -> Optional.of(AWAY); // read-only: a standby
      case "53100" -> Optional.of(FULL);
      case "57014" -> Optional.of(SLOW);
      default -> state.startsWith("53") ? Optional.of(EXHAUSTED) : Optional.empty();
    };
  }
}
