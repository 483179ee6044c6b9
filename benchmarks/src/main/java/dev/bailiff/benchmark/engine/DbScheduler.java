package dev.bailiff.benchmark.engine;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.database.Database;
import dev.bailiff.database.DatabaseConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Instances of db-scheduler, an engine whose tasks live in PostgreSQL alone, on the same server.
 * The instances lock and fetch, with many times as many tasks as threads at once: by db-scheduler's
 * own measurements this setting is the fastest.
 */
public final class DbScheduler implements AutoCloseable {
  private static final String TASK = "no-op";
  private static final double LOWER_LIMIT = 4.0;
  private static final double UPPER_LIMIT = 20.0;

  /** When many instances want the last tasks, the remaining tasks wait no longer than this. */
  private static final Duration POLLING = Duration.ofMillis(10);

  private static final long LOOK_MILLIS = 2;

  /** The table that db-scheduler requires, with its indexes. */
  private static final List<String> TABLE =
      List.of(
          """
          create table scheduled_tasks (
            task_name text, task_instance text, task_data bytea, execution_time timestamptz, picked boolean not null,
            picked_by text, last_success timestamptz, last_failure timestamptz, consecutive_failures integer,
            last_heartbeat timestamptz, version bigint not null, priority smallint, state text,
            primary key (task_name, task_instance))
          """,
          "create index on scheduled_tasks (execution_time)",
          "create index on scheduled_tasks (last_heartbeat)",
          "create index on scheduled_tasks (priority desc, execution_time)");

  private static final String FILL =
      """
      insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
      select ?, 'task-' || n, now(), false, 1 from generate_series(1, ?) as n
      """;

  private final List<Database> databases = new ArrayList<>();
  private final List<Scheduler> schedulers = new ArrayList<>();

  /** Makes instances without starting them. */
  DbScheduler(DatabaseConfig config, int instances, int threads) {
    for (int n = 0; n < instances; n++) {
      var database = Database.open(config, "db-scheduler-" + n);
      databases.add(database);
      OneTimeTask<Void> task = Tasks.oneTime(TASK).execute((instance, context) -> {});
      schedulers.add(
          Scheduler.create(database.dataSource(), task)
              .threads(threads)
              .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
              .pollingInterval(POLLING)
              .schedulerName(new SchedulerName.Fixed("bench-" + n))
              .build());
    }
  }

  static void createTable(Connection connection) throws SQLException {
    for (String statement : TABLE) {
      Queries.run(connection, statement);
    }
  }

  /** Stores tasks that are due. */
  static void fill(Connection connection, int tasks) throws SQLException {
    Queries.change(connection, FILL, TASK, tasks);
    Queries.run(connection, "analyze scheduled_tasks");
  }

  /** Starts all instances and returns when no task is left. */
  void work(Connection connection) throws SQLException, InterruptedException {
    schedulers.forEach(Scheduler::start);
    while (Queries.number(connection, "select exists (select from scheduled_tasks)::integer")
        != 0) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  @Override
  public void close() {
    schedulers.forEach(Scheduler::stop);
    databases.forEach(Database::close);
  }
}
