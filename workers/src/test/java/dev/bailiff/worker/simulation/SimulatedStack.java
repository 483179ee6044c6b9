package dev.bailiff.worker.simulation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.testing.server.TestDatabase;
import dev.bailiff.worker.tally.TallyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The database that one schedule after the other uses, and the connections of the processes that
 * work on it.
 */
final class SimulatedStack implements AutoCloseable {
  /** Times in about the same proportions as in production. */
  static final LeaseConfig LEASES =
      new LeaseConfig(
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          5,
          2,
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofMillis(100));

  /**
   * Limits in real time would end some transactions on a slow machine, and the seed would give
   * another schedule. The holder of a lock has no turn while another process waits for the lock, so
   * waiting longer would change nothing.
   */
  static final List<SqlEdit> NO_REAL_TIME =
      List.of(
          new SqlEdit(
              "set_config('lock_timeout', ?,", "set_config('lock_timeout', coalesce('2', ?),"),
          new SqlEdit(
              "set_config('statement_timeout', ?,",
              "set_config('statement_timeout', coalesce('0', ?),"),
          new SqlEdit(
              "set_config('idle_in_transaction_session_timeout', ?,",
              "set_config('idle_in_transaction_session_timeout', coalesce('0', ?),"),
          new SqlEdit(
              "set_config('idle_in_transaction_session_timeout', '2000',",
              "set_config('idle_in_transaction_session_timeout', '0',"));

  private static final int PROCESSES = 3;

  private final SimulatedClock clock;
  private final Ledger ledger;
  private final HikariDataSource plain;
  private final List<HikariDataSource> pools;
  private final List<Place> places;
  private final Set<String> statements = new HashSet<>();
  private @Nullable Faults faults;
  private Set<Rule> off = Set.of();
  private Set<JobId> stopped = Set.of();

  /** The stopped jobs that each process saw at its last fence. */
  private final List<Set<JobId>> stoppedAtFence =
      new ArrayList<>(Collections.nCopies(PROCESSES, Set.of()));

  /** Connections of one process, and the store on them. */
  record Place(Jdbi jdbi, JobStore store) {}

  SimulatedStack(TestDatabase database) {
    clock = new SimulatedClock(database.dataSource());
    // Autovacuum would lock a table to shorten it, for longer than any process waits here.
    Jdbi.create(database.dataSource())
        .useHandle(
            handle ->
                handle.execute(
                    "alter database \"" + database.name() + "\" set vacuum_truncate = off"));
    plain = pool(database);
    var jdbi = Database.jdbi(plain);
    TallyKind.createTable(jdbi);
    ledger = new Ledger(jdbi, JobStore.on(jdbi, LEASES));
    pools =
        Stream.generate((Supplier<HikariDataSource>) () -> pool(database))
            .limit(PROCESSES)
            .toList();
    places =
        IntStream.range(0, PROCESSES)
            .mapToObj(
                n ->
                    Database.jdbi(
                        new SteppedConnections(
                            pools.get(n),
                            this::faults,
                            this::weaken,
                            () -> off.contains(Rule.ACCEPT_THEN_ANSWER),
                            () -> stoppedAtFence.set(n, Set.copyOf(stopped)))))
            .map(stepped -> new Place(stepped, JobStore.on(stepped, LEASES)))
            .toList();
  }

  private static HikariDataSource pool(TestDatabase database) {
    var config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(1);
    SimulatedClock.connectionProperties().forEach(config::addDataSourceProperty);
    return new HikariDataSource(config);
  }

  private Faults faults() {
    return java.util.Objects.requireNonNull(faults, "no schedule is played");
  }

  private String weaken(String sql) {
    statements.add(sql);
    if (sql.startsWith(SteppedConnections.TOLD_BY_REAL_TIME)) {
      return sql + " and false"; // and publishes nothing
    }
    var weakened = SqlEdit.applyAll(NO_REAL_TIME, sql);
    for (var rule : off) {
      weakened = SqlEdit.applyAll(rule.edits(), weakened);
    }
    return weakened;
  }

  /** The engine's statements so far, as the engine wrote them. */
  Set<String> statements() {
    return statements;
  }

  /**
   * Starts a schedule: from now on the steps of all processes belong to it.
   *
   * @param told the jobs that were asked to stop; grows as the schedule goes on
   */
  void begin(Faults ofSchedule, Set<Rule> switchedOff, Set<JobId> told) {
    faults = ofSchedule;
    off = switchedOff;
    stopped = told;
  }

  /** Jobs that had been asked to stop when the process last asked whether a batch may begin. */
  Set<JobId> stoppedAtFence(int process) {
    return stoppedAtFence.get(process);
  }

  /** A paused job goes on: a fence that was asked while it was paused may let a batch begin now. */
  void goesOn(JobId job) {
    stoppedAtFence.replaceAll(
        seen -> seen.stream().filter(other -> !other.equals(job)).collect(Collectors.toSet()));
  }

  SimulatedClock clock() {
    return clock;
  }

  Ledger ledger() {
    return ledger;
  }

  List<Place> places() {
    return places;
  }

  @Override
  public void close() {
    pools.forEach(HikariDataSource::close);
    plain.close();
  }
}
