package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.PauseJobs;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.job.JobId;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Segments without any work go through Kafka and back. The time runs from the moment before their
 * jobs are accepted to the end of the last job. The baseline is the same number of db-scheduler
 * tasks, with the same number of instances and threads; the tasks are in db-scheduler's table
 * before its clock starts.
 */
public final class SegmentRoundTrips implements Row {
  private static final int SLOTS = 4;
  private static final int JOBS = 4;

  @Override
  public String name() {
    return "segments";
  }

  /** The result of Bailiff's side in one round. */
  private record Side(JobClient.Done done, double warmUp) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    return List.of(measure(bench, 1), measure(bench, 4));
  }

  private Measurement measure(Bench bench, int workers) throws Exception {
    int segments = bench.scale().segments();
    var rounds =
        PairedRounds.of(
            bench.rounds(),
            round -> baseline(bench, workers),
            round -> bailiff(bench, workers, round));
    return new Measurement(
        new Measurement.Subject(
            name() + "-" + workers,
            String.format(
                Locale.ROOT,
                "%,d no-op segments of %d jobs through Kafka and back, %s of %d slots",
                segments,
                JOBS,
                workers == 1 ? "1 worker" : workers + " workers",
                SLOTS),
            segments),
        Figures.of(rounds.baseline().stream().map(JobClient.Done::seconds).toList()),
        Figures.of(rounds.bailiff().stream().map(side -> side.done.seconds()).toList()),
        Bound.shareAtLeast(0.5),
        Measurement.Notes.NONE
            .stages(rounds.bailiff().stream().map(side -> side.done.stageSeconds()).toList())
            .warmedUp(rounds.bailiff().stream().mapToDouble(Side::warmUp).sum()));
  }

  private JobClient.Done baseline(Bench bench, int instances) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (Connection connection = servers.connectToRound()) {
      DbScheduler.createTable(connection);
      WarmUp.of(n -> work(bench, connection, instances, bench.scale().segments()));
      double seconds = work(bench, connection, instances, bench.scale().segments());
      bench.printLine("%s: %d of db-scheduler %.2f s", name(), instances, seconds);
      return new JobClient.Done(seconds, Map.of());
    } finally {
      servers.dropRound();
    }
  }

  private static double work(Bench bench, Connection connection, int instances, int tasks)
      throws Exception {
    DbScheduler.fill(connection, tasks);
    Queries.run(connection, "checkpoint");
    try (DbScheduler scheduler = new DbScheduler(bench.servers().round(), instances, SLOTS)) {
      long begin = System.nanoTime();
      scheduler.work(connection);
      return (System.nanoTime() - begin) / 1e9;
    }
  }

  private Side bailiff(Bench bench, int workers, int round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name() + "-" + workers + "-" + round);
    var crew = WorkerFleet.of(workers, PauseJobs.KIND.name(), SLOTS);
    try (Connection connection = servers.connectToRound();
        JobClient jobs = new JobClient(servers.round(), kafka);
        Workers started = Workers.start(servers.round(), kafka, crew)) {
      started.awaitJoined(PauseJobs.KIND);
      double warmUp = WarmUp.of(n -> work(jobs, bench.scale().segments()).seconds());
      Queries.run(connection, "analyze");
      Queries.run(connection, "checkpoint");
      var done = work(jobs, bench.scale().segments());
      bench.printLine(
          "%s: Bailiff with %d %.2f s, by stage of one job %s",
          name(), workers, done.seconds(), done.stageSeconds());
      return new Side(done, warmUp);
    } finally {
      servers.dropRound();
    }
  }

  /** Runs the jobs. The stages in the result are those of the job that was accepted last. */
  private static JobClient.Done work(JobClient client, int segments) throws InterruptedException {
    long begin = System.nanoTime();
    List<JobId> jobs = new ArrayList<>();
    for (int n = 0; n < JOBS; n++) {
      jobs.add(client.submit(PauseJobs.job(segments / JOBS, 1, 0)));
    }
    for (JobId job : jobs) {
      client.awaitEnd(job);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<String, Double> stages = Map.of();
    for (JobId job : jobs) {
      stages = client.requireGood(job);
    }
    return new JobClient.Done(seconds, stages);
  }
}
