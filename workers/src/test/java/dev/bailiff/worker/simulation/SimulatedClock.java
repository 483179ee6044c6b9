package dev.bailiff.worker.simulation;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The time that the engine's SQL sees. The engine uses only the database's clock. So a function of
 * the same name, which comes first in the search path, hides the database's {@code
 * clock_timestamp()}. The time is kept in a sequence, which is moved outside of transactions and
 * read without a query of its own.
 */
final class SimulatedClock {
  private final Jdbi jdbi;
  private long millis;

  /** Creates the function and its sequence. */
  SimulatedClock(DataSource dataSource) {
    jdbi = Jdbi.create(dataSource);
    jdbi.useHandle(
        handle ->
            handle
                .createScript(
                    """
                    create schema simulation;
                    create unlogged sequence simulation.millis minvalue 0 start 0;
                    create function simulation.clock_timestamp() returns timestamptz language sql volatile
                      return timestamptz '2026-01-01T00:00:00Z'
                             + coalesce(pg_sequence_last_value('simulation.millis'), 0) * interval '1 millisecond';
                    """)
                .execute());
  }

  /** Properties of connections that see this clock. */
  static Map<String, String> connectionProperties() {
    return Map.of(
        "options",
        String.join(
            " ",
            "-c search_path=simulation,pg_catalog,public",
            // The holder of a lock has no turn before the waiting process gives up, so a long wait
            // is useless.
            "-c lock_timeout=2",
            // Only the engine dies here, not PostgreSQL. Committed data is there for all others at
            // once, and need not be on the disk.
            "-c synchronous_commit=off",
            // The same few statements run over and over, on tables of a few rows.
            "-c plan_cache_mode=force_generic_plan"));
  }

  /** Simulated time since the start. */
  Duration elapsed() {
    return Duration.ofMillis(millis);
  }

  void advance(Duration by) {
    millis += by.toMillis();
    jdbi.useHandle(handle -> handle.execute("select setval('simulation.millis', ?)", millis));
  }
}
