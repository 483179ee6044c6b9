package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.kind.RoomPurgeRow;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.WorkerProcesses;
import dev.bailiff.job.JobRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The purge of the big room by one worker process with a heap of 256 MiB. The row also checks how
 * many rows the job leaves in the database: the number grows with segments and targets, not with
 * events.
 */
public final class SmallHeap implements Row {
  private static final List<String> TABLES =
      List.of(
          "job",
          "target",
          "target_item",
          "stage",
          "segment",
          "claim",
          "failure",
          "reply_item",
          "transition");

  /**
   * Allowance for stages, transitions and replies of a job; it does not depend on the job's size.
   */
  private static final long FEW = 50;

  @Override
  public String name() {
    return "small-heap";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Community.DATASET);
    var kafka = servers.kafka(name());
    var request = new RoomPurgeRow().job(bench.scale());
    try (Connection connection = servers.connectToRound();
        JobClient jobs = new JobClient(servers.round(), kafka);
        WorkerProcesses processes =
            new WorkerProcesses(
                servers.folder(),
                servers.round(),
                kafka,
                new WorkerProcesses.Slots(request.kind(), 1))) {
      processes.resize(1);
      return List.of(measure(bench, connection, jobs, processes, request));
    } finally {
      servers.dropRound();
    }
  }

  private Measurement measure(
      Bench bench,
      Connection connection,
      JobClient jobs,
      WorkerProcesses processes,
      JobRequest request)
      throws Exception {
    var done = jobs.run(request, processes::areAlive);
    var counts = counts(connection);
    bench.printLine("%s: %.2f s, rows %s", name(), done.seconds(), counts);
    // The reply lists the members of the room, because the caller requested the list; these rows do
    // not count.
    long rows =
        counts.values().stream().mapToLong(Long::longValue).sum()
            - counts.getOrDefault("reply_item", 0L);
    long bound = counts.getOrDefault("segment", 0L) + counts.getOrDefault("target", 0L) + FEW;
    if (rows > bound) {
      throw new IllegalStateException("the job left more rows than " + bound + ": " + counts);
    }
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(
                Locale.ROOT,
                "purge a room of %,d events by a worker with -Xmx256m; %,d rows of the job",
                bench.scale().roomEvents(),
                rows),
            bench.scale().roomEvents()),
        null,
        Figures.of(List.of(done.seconds())),
        Bound.done(),
        Measurement.Notes.NONE.stages(List.of(done.stageSeconds())).counts(counts));
  }

  private static Map<String, Long> counts(Connection connection) throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : TABLES) {
      counts.put(table, Queries.number(connection, "select count(*) from jobs." + table));
    }
    return counts;
  }
}
