package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Population;
import dev.bailiff.benchmark.data.Population.Group;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.kind.MassDeactivation;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.Samples;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.WorkerProcesses;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Worker processes are killed by {@code kill -9} while they hold a segment, equally often in each
 * stage. The row measures the time until the killed worker holds none of its segments any more, so
 * that the stage goes on. Each kill leaves one worker running; the other worker is started again
 * when the job is completed.
 */
public final class Recovery implements Row {
  private static final int STAGES = 3;
  private static final int WORKERS = 2;

  /** A stage may end before its worker is killed; then the kill is tried again with another job. */
  private static final int MOST_TRIES = 10;

  private static final long LOOK_MILLIS = 2;

  private static final String OWNER =
      """
      select coalesce(min(lease_owner), '') from jobs.segment
      where job_id = ?::uuid and stage_n = ? and status = 'leased'
      """;

  /** Counts the leases that a dead worker still holds. */
  private static final String HELD =
      """
      select count(*) from jobs.segment where job_id = ?::uuid and status = 'leased' and lease_owner = ?
      """;

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Population.DATASET);
    var kafka = servers.kafka(name());
    var kind = new JobKind(DeactivateUsersContract.KIND);
    try (Connection connection = servers.connectToRound();
        JobClient jobs = new JobClient(servers.round(), kafka);
        WorkerProcesses processes =
            new WorkerProcesses(
                servers.folder(), servers.round(), kafka, new WorkerProcesses.Slots(kind, 0))) {
      processes.resize(WORKERS);
      var users = new Users(bench.scale());
      List<List<Double>> byStage = new ArrayList<>();
      for (int stage = 0; stage < STAGES; stage++) {
        byStage.add(new ArrayList<>());
      }
      for (int kill = 0; kill < bench.scale().kills(); kill++) {
        int stage = kill % STAGES;
        double seconds = killed(connection, jobs, processes, users, stage);
        bench.printLine("%s: kill %d, stage %d: %.2f s", name(), kill + 1, stage, seconds);
        byStage.get(stage).add(seconds);
      }
      return List.of(measurement(byStage));
    } finally {
      servers.dropRound();
    }
  }

  /** Users that no job has had yet. */
  private static final class Users {
    private final List<String> all;
    private final int each;
    private int given;

    Users(Scale scale) {
      all = Population.users(Group.CROWD, scale);
      each = all.size() / (scale.kills() * MOST_TRIES);
    }

    List<String> some() {
      given += each;
      return all.subList(given - each, given);
    }
  }

  private double killed(
      Connection connection, JobClient jobs, WorkerProcesses processes, Users users, int stage)
      throws Exception {
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      if (processes.count() < WORKERS) {
        processes.startAnother();
      }
      var job = jobs.submit(MassDeactivation.deactivation(users.some()));
      String owner = awaitOwner(connection, jobs, job, stage);
      if (!owner.isEmpty()) {
        long begin = System.nanoTime();
        processes.kill(owner);
        boolean held = Queries.number(connection, HELD, job.toString(), owner) > 0;
        while (Queries.number(connection, HELD, job.toString(), owner) > 0) {
          Thread.sleep(LOOK_MILLIS);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        jobs.awaitEnd(job);
        jobs.requireGood(job);
        if (held) {
          return seconds;
        }
      }
    }
    throw new IllegalStateException("no worker could be killed in stage " + stage);
  }

  /**
   * Checks without a pause, because some stages are over in milliseconds; returns an empty text if
   * the job ended.
   */
  private static String awaitOwner(Connection connection, JobClient jobs, JobId job, int stage)
      throws SQLException {
    String owner = "";
    while (owner.isEmpty() && !jobs.status(job).isTerminal()) {
      owner = Queries.text(connection, OWNER, job.toString(), stage);
    }
    return owner;
  }

  private Measurement measurement(List<List<Double>> byStage) {
    var all = byStage.stream().flatMap(List::stream).toList();
    Map<String, Double> stages = new LinkedHashMap<>();
    for (int stage = 0; stage < STAGES; stage++) {
      stages.put("stage " + stage + ", median", new Samples(byStage.get(stage)).median());
    }
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(
                Locale.ROOT,
                "%d of %d workers killed in %d stages, until the stage goes on",
                all.size(),
                WORKERS,
                STAGES),
            1),
        null,
        Figures.of(List.of(new Samples(all).median()), new Latencies(all)),
        // Of thirty values, the 99th percentile is the longest.
        Bound.done().andP50(1.5).andP99(5),
        Measurement.Notes.NONE.stages(List.of(stages)));
  }
}
