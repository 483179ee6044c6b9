package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.PauseJobs;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobStatus;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Small jobs of one requester, one after another, beside ten large jobs of another requester, on
 * two workers. The baseline is the same small jobs on the same stack before the large ones. A job
 * has ten segments, and its time is from its acceptance to the end of the first of them.
 */
public final class FairShare implements Row {
  private static final int LARGE_JOBS = 10;
  private static final int SEGMENTS = 10;
  private static final int BATCHES = 5;
  private static final int BATCH_MILLIS = 20;
  private static final long LOOK_MILLIS = 2;
  private static final int JOBS = 30;

  /** The stage 0 is the plan. */
  private static final String DONE =
      "select count(*) from jobs.segment where job_id = ? and stage_n > 0 and status = 'done'";

  @Override
  public String name() {
    return "fairness";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name());
    int segments = bench.scale().segments();
    try (Connection connection = servers.connectToRound();
        JobClient client = new JobClient(servers.round(), kafka);
        Workers workers =
            Workers.start(servers.round(), kafka, WorkerFleet.pair(servers.mediaFolder()))) {
      workers.awaitJoined(PauseJobs.KIND);
      times(connection, client);
      var idle = times(connection, client);
      List<JobId> large = new ArrayList<>();
      for (int n = 0; n < LARGE_JOBS; n++) {
        large.add(client.submit(PauseJobs.job(segments, BATCHES, BATCH_MILLIS)));
      }
      while (client.status(large.get(0)) != JobStatus.ACTIVE) {
        Thread.sleep(LOOK_MILLIS);
      }
      var beside = times(connection, client);
      for (JobId job : large) {
        if (client.status(job).isTerminal()) {
          throw new IllegalStateException("a large job ended before the small ones");
        }
      }
      return List.of(
          new Measurement(
              new Measurement.Subject(
                  name(),
                  String.format(
                      Locale.ROOT,
                      "first segment of another requester's job beside %d jobs of %,d segments",
                      LARGE_JOBS,
                      segments),
                  1),
              Figures.of(List.of(idle.p50()), idle),
              Figures.of(List.of(beside.p50()), beside),
              Bound.done().andP99(5),
              Measurement.Notes.NONE));
    } finally {
      servers.dropRound();
    }
  }

  private static Latencies times(Connection connection, JobClient client) throws Exception {
    List<Double> seconds = new ArrayList<>();
    for (int n = 0; n < JOBS; n++) {
      long begin = System.nanoTime();
      var job = client.submit(PauseJobs.job(Community.SENDER, SEGMENTS, BATCHES, BATCH_MILLIS));
      while (Queries.number(connection, DONE, job.value()) == 0) {
        Thread.sleep(LOOK_MILLIS);
      }
      seconds.add((System.nanoTime() - begin) / 1e9);
      client.awaitEnd(job);
    }
    return new Latencies(seconds);
  }
}
