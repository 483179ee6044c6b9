package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Population;
import dev.bailiff.benchmark.data.Population.Group;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.Scale;
import dev.bailiff.benchmark.kind.MassDeactivation;
import dev.bailiff.benchmark.kind.SingleDeactivations;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.LocalGateway;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobStatus;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One-user jobs, one after another, while two workers are busy with the job of a whole crowd. The
 * baseline is the same calls on the same stack before the crowd's job. A call begins with its POST
 * and ends when its job is completed: the rooms are left, and that is verified.
 */
public final class Emergency implements Row {
  private static final long LOOK_MILLIS = 2;

  /** The number of calls in one warm-up run. */
  private static final int CALLS_A_RUN = 100;

  @Override
  public String name() {
    return "emergency";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    var scale = bench.scale();
    servers.copyTemplate(Population.DATASET);
    var kafka = servers.kafka(name());
    try (Connection connection = servers.connectToRound();
        JobClient client = new JobClient(servers.round(), kafka);
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        Workers workers =
            Workers.start(servers.round(), kafka, WorkerFleet.pair(servers.mediaFolder()));
        HttpConnection http = gateway.connect()) {
      workers.awaitJoined(new JobKind(DeactivateUsersContract.KIND));
      double warmUp = warmUp(client, http, Population.users(Group.WARM_UP, scale));
      Queries.run(connection, "analyze");
      Queries.run(connection, "checkpoint");
      var probes = Population.users(Group.PROBE, scale);
      List<Double> idle = new ArrayList<>();
      for (String user : probes.subList(0, scale.probes())) {
        idle.add(timed(client, http, user));
      }
      var crowd =
          client.submit(MassDeactivation.deactivation(Population.users(Group.CROWD, scale)));
      while (client.status(crowd) != JobStatus.ACTIVE) {
        Thread.sleep(LOOK_MILLIS);
      }
      List<Double> busy = new ArrayList<>();
      for (String user : probes.subList(scale.probes(), probes.size())) {
        double seconds = timed(client, http, user);
        if (client.status(crowd) != JobStatus.ACTIVE) {
          break; // the crowd's job ended before the last calls
        }
        busy.add(seconds);
      }
      return List.of(measurement(scale, warmUp, new Latencies(idle), new Latencies(busy)));
    } finally {
      servers.dropRound();
    }
  }

  private Measurement measurement(Scale scale, double warmUp, Latencies idle, Latencies busy) {
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(
                Locale.ROOT,
                "a one-user job, POST to completed, while a %,d-user job runs on 2 workers",
                scale.crowd()),
            1),
        Figures.of(List.of(idle.p50()), idle),
        Figures.of(List.of(busy.p50()), busy),
        Bound.done().andP99(2),
        Measurement.Notes.NONE
            .counts(Map.of("calls", (long) busy.seconds().size()))
            .warmedUp(warmUp));
  }

  private static double warmUp(JobClient client, HttpConnection http, List<String> users)
      throws Exception {
    int some = Math.min(CALLS_A_RUN, users.size());
    return WarmUp.of(
        users.size() / some,
        run -> {
          double seconds = 0;
          for (String user : users.subList(run * some, (run + 1) * some)) {
            seconds += timed(client, http, user);
          }
          return seconds;
        });
  }

  private static double timed(JobClient client, HttpConnection http, String user) throws Exception {
    long begin = System.nanoTime();
    var reply = SingleDeactivations.deactivate(http, user);
    var job = JobId.parse(reply.headers().getOrDefault("bailiff-job", "")).orElseThrow();
    while (!client.status(job).isTerminal()) {
      Thread.sleep(LOOK_MILLIS);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    client.requireGood(job);
    return seconds;
  }
}
