package dev.bailiff.standalone;

import dev.bailiff.audit.AuditReport;
import dev.bailiff.audit.AuditVerification;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import dev.bailiff.standalone.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;

/**
 * What the demo shows of the audit: it verifies, and it notices that somebody with all rights on
 * the database removes a row.
 */
final class DemoAudit {
  /** Triggers refuse it to everybody who does not switch them off, which only a superuser can. */
  private static final String REMOVE =
      """
      delete from access.audit
       where audit_id = (select min(audit_id) from access.audit where what like 'redact-events/%')
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DatabaseConfig database;
  private final Terminal terminal;

  DemoAudit(DatabaseConfig database, Terminal terminal) {
    this.database = database;
    this.terminal = terminal;
  }

  /** Verifies the audit before and after, and returns the problems in words. */
  List<String> run() {
    try (Database owner = Database.open(database.asOwner(), "demo")) {
      var problems = new ArrayList<String>();
      var whole = chained(owner.jdbi());
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "%nThe audit: %d rows %s.%n",
              whole.rows(),
              whole.isWhole() ? "are as they were chained" : "were compared with the chain");
      whole.faults().forEach(fault -> problems.add("audit: " + fault));
      var after = withoutARow(owner.jdbi());
      terminal.out().println("A superuser removes a row of it, and it shows:");
      after.faults().forEach(fault -> terminal.out().println("  NOT AS IT WAS: " + fault));
      if (after.isWhole()) {
        problems.add("audit: a removed row does not show");
      }
      return problems;
    }
  }

  /** In a transaction that is rolled back: another demo may follow in the folder. */
  private static AuditReport withoutARow(Jdbi jdbi) {
    return jdbi.inTransaction(
        handle -> {
          handle.execute("set local session_replication_role = replica");
          handle.execute(REMOVE);
          var report = new AuditVerification(jdbi).run(List.of());
          handle.rollback();
          return report;
        });
  }

  /** The chain follows the rows within seconds. */
  private static AuditReport chained(Jdbi jdbi) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var report = new AuditVerification(jdbi).run(List.of());
    while (report.unchained() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      report = new AuditVerification(jdbi).run(List.of());
    }
    return report;
  }
}
