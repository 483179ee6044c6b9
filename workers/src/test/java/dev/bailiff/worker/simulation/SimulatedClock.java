package dev.bailiff.worker.simulation;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * The time that the engine's SQL sees. The engine lives by the database's clock alone, so it is the
 * database's {@code clock_timestamp()} that is covered, by a function of the same name that comes
 * first in the search path.
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
                    create unlogged table simulation.clock (now timestamptz not null) with (fillfactor = 10);
                    insert into simulation.clock values ('2026-01-01T00:00:00Z');
                    create function simulation.clock_timestamp() returns timestamptz language sql volatile
                      as 'select now from simulation.clock';
                    """)
                .execute());
  }

  /** Properties of connections that shall see this clock. */
  static Map<String, String> connectionProperties() {
    return Map.of(
        // Whoever waits for a lock waits for a process that has no turn before he gives up.
        "options",
        "-c search_path=simulation,pg_catalog,public -c lock_timeout=2 -c synchronous_commit=off");
  }

  /** Since the start, in simulated time. */
  Duration elapsed() {
    return Duration.ofMillis(millis);
  }

  void advance(Duration by) {
    millis += by.toMillis();
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update simulation.clock set now = '2026-01-01T00:00:00Z'::timestamptz + ? * interval '1 millisecond'",
                millis));
  }
}
