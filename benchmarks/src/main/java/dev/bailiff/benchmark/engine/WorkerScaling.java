package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.PauseJobs;
import dev.bailiff.benchmark.stack.WorkerProcesses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs several worker processes on a homeserver that takes 20 ms for each batch. N workers get N
 * times the segments of one worker, so a linear gain takes the same time as one worker. One worker
 * is measured before the others and again after them. The clock starts when all workers have
 * joined.
 */
public final class WorkerScaling implements Row {
  private static final int BATCH_MILLIS = 20;
  private static final int BATCHES = 5;
  private static final List<Integer> WORKERS = List.of(2, 4, 8);

  @Override
  public String name() {
    return "scaling";
  }

  /** The results for one number of workers. */
  private record Rounds(List<Double> seconds, double warmUp) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name());
    try (JobClient jobs = new JobClient(servers.round(), kafka);
        WorkerProcesses processes =
            new WorkerProcesses(
                servers.folder(),
                servers.round(),
                kafka,
                new WorkerProcesses.Slots(PauseJobs.KIND, 0))) {
      List<Double> one = new ArrayList<>(rounds(bench, jobs, processes, 1).seconds());
      List<Rounds> more = new ArrayList<>();
      for (int workers : WORKERS) {
        more.add(rounds(bench, jobs, processes, workers));
      }
      one.addAll(rounds(bench, jobs, processes, 1).seconds());
      List<Measurement> measurements = new ArrayList<>();
      for (int n = 0; n < WORKERS.size(); n++) {
        measurements.add(measurement(bench, WORKERS.get(n), one, more.get(n)));
      }
      return measurements;
    } finally {
      servers.dropRound();
    }
  }

  private Rounds rounds(Bench bench, JobClient jobs, WorkerProcesses processes, int workers)
      throws Exception {
    processes.resize(workers);
    int segments = segments(bench.scale(), workers);
    // The processes have just started, and eight of them compile for minutes on two cores.
    double warmUp =
        WarmUp.of(
            run ->
                jobs.run(PauseJobs.job(segments, BATCHES, BATCH_MILLIS), processes::areAlive)
                    .seconds());
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < bench.rounds(); round++) {
      var job = PauseJobs.job(segments, BATCHES, BATCH_MILLIS);
      seconds.add(jobs.run(job, processes::areAlive).seconds());
    }
    bench.printLine("%s: %d of 1 slot, %,d segments: %s s", name(), workers, segments, seconds);
    return new Rounds(seconds, warmUp);
  }

  private Measurement measurement(Bench bench, int workers, List<Double> one, Rounds some) {
    return new Measurement(
        new Measurement.Subject(
            name() + "-" + workers,
            String.format(
                Locale.ROOT,
                "%d batches of %d ms by %d worker processes of 1 slot, against an equal share by"
                    + " one",
                BATCHES * segments(bench.scale(), workers),
                BATCH_MILLIS,
                workers),
            (long) BATCHES * segments(bench.scale(), workers)),
        Figures.of(one),
        Figures.of(some.seconds),
        Bound.shareAtLeast(0.9),
        Measurement.Notes.NONE.warmedUp(some.warmUp));
  }

  private static int segments(Scale scale, int workers) {
    return workers * Math.max(20, scale.segments() / 100);
  }
}
