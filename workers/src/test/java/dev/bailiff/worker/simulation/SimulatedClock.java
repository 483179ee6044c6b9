package dev.bailiff.worker.simulation;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The time that the engine's SQL sees. The engine lives by the database's clock alone, so it is the
 * database's {@code clock_timestamp()} that is covered, by a function of the same name that comes
 * first in the search path. The time is kept in a sequence, which is moved outside of transactions
 * and read without a query of its own.
 */
final class SimulatedClock {
  private final Jdbi jdbi;
  private long millis;

  /** Makes the function. */
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

  /** Properties of connections that shall see this clock. */
  static Map<String, String> connectionProperties() {
    return Map.of(
        "options",
        String.join(
            " ",
            "-c search_path=simulation,pg_catalog,public",
            // Whoever waits for a lock waits for a process that has no turn before he gives up.
            "-c lock_timeout=2",
            // It is the engine that dies here and not PostgreSQL: what is committed is there
            // for all others at once, and nobody asks whether it is on the disk.
            "-c synchronous_commit=off",
            // The same few statements over and over, on tables of a few rows.
            "-c plan_cache_mode=force_generic_plan"));
  }

  /** Since the start, in simulated time. */
  Duration elapsed() {
    return Duration.ofMillis(millis);
  }

  void advance(Duration by) {
    millis += by.toMillis();
    jdbi.useHandle(handle -> handle.execute("select setval('simulation.millis', ?)", millis));
  }
}
