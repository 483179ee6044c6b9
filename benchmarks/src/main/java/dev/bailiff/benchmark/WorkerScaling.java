package dev.bailiff.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * More worker processes on a homeserver that takes 20 ms for each batch. So many workers get so
 * many times the segments, so that a linear gain takes the time of one worker; one is measured
 * before the others and again after them. The clock starts when all have joined.
 */
final class WorkerScaling implements Row {
  private static final int BATCH_MILLIS = 20;
  private static final int MOST_WARM_UPS = 10;

  /** Of the time of the run before. */
  private static final double STEADY = 0.97;

  private static final int BATCHES = 5;
  private static final List<Integer> WORKERS = List.of(2, 4, 8);

  @Override
  public String name() {
    return "scaling";
  }

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
      List<Double> one = new ArrayList<>(rounds(bench, jobs, processes, 1));
      List<List<Double>> more = new ArrayList<>();
      for (int workers : WORKERS) {
        more.add(rounds(bench, jobs, processes, workers));
      }
      one.addAll(rounds(bench, jobs, processes, 1));
      List<Measurement> measurements = new ArrayList<>();
      for (int n = 0; n < WORKERS.size(); n++) {
        measurements.add(measurement(bench, WORKERS.get(n), one, more.get(n)));
      }
      return measurements;
    } finally {
      servers.dropRound();
    }
  }

  private List<Double> rounds(Bench bench, JobClient jobs, WorkerProcesses processes, int workers)
      throws Exception {
    processes.resize(workers);
    int segments = segments(bench.scale(), workers);
    warmUp(jobs, processes, segments);
    List<Double> seconds = new ArrayList<>();
    for (int round = 0; round < bench.rounds(); round++) {
      var job = PauseJobs.job(segments, BATCHES, BATCH_MILLIS);
      seconds.add(jobs.run(job, processes::areAlive).seconds());
    }
    bench.tell("%s: %d of 1 slot, %,d segments: %s s", name(), workers, segments, seconds);
    return seconds;
  }

  /**
   * As much as is measured, again and again, until that gets no quicker: the processes have just
   * started, and eight of them compile for minutes on two cores.
   */
  private static void warmUp(JobClient jobs, WorkerProcesses processes, int segments)
      throws Exception {
    double last = Double.MAX_VALUE;
    for (int run = 0; run < MOST_WARM_UPS; run++) {
      var job = PauseJobs.job(segments, BATCHES, BATCH_MILLIS);
      double seconds = jobs.run(job, processes::areAlive).seconds();
      if (seconds > STEADY * last) {
        return;
      }
      last = seconds;
    }
  }

  private Measurement measurement(
      Bench bench, int workers, List<Double> one, List<Double> seconds) {
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
        Figures.of(seconds),
        Bound.shareAtLeast(0.9),
        Measurement.Notes.NONE);
  }

  private static int segments(Scale scale, int workers) {
    return workers * Math.max(20, scale.segments() / 100);
  }
}
