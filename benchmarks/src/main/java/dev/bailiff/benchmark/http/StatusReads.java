package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Calls;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.ConstantResource;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.LocalGateway;
import dev.bailiff.benchmark.stack.PauseJobs;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.job.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the status of jobs over HTTP while a hundred jobs are active on a homeserver that takes 20
 * ms for each batch. The baseline is an answer of the same size by the same server that needs
 * neither a token nor the store. The same workers run during both sides.
 */
public final class StatusReads implements Row {
  private static final int CLIENTS = 8;
  private static final int JOBS = 100;
  private static final int BATCH_MILLIS = 20;

  /** Segments of each job; all jobs together have more than four slots do in ten minutes. */
  private static final int SEGMENTS = 250;

  private static final int BATCHES = 5;

  private static final String ACTIVE = "select count(*) from jobs.job where status = 'active'";

  @Override
  public String name() {
    return "status";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name());
    try (Connection connection = servers.connectToRound();
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        JobClient client = new JobClient(servers.round(), kafka);
        Workers workers =
            Workers.start(servers.round(), kafka, WorkerFleet.pair(servers.mediaFolder()))) {
      workers.awaitJoined(PauseJobs.KIND);
      List<JobId> jobs = new ArrayList<>();
      for (int n = 0; n < JOBS; n++) {
        jobs.add(client.submit(PauseJobs.job(SEGMENTS, BATCHES, BATCH_MILLIS)));
      }
      while (Queries.number(connection, ACTIVE) < JOBS) {
        Thread.sleep(50);
      }
      Queries.run(connection, "analyze");
      int size = size(gateway, path(jobs.get(0)));
      gateway.constant().answer(new byte[size]);
      if (size(gateway, ConstantResource.PATH) != size) {
        throw new IllegalStateException("the constant answer has another size");
      }
      var measured = measure(bench, gateway, jobs);
      if (Queries.number(connection, ACTIVE) < JOBS) {
        throw new IllegalStateException("jobs ended before they were all read");
      }
      return List.of(measured);
    } finally {
      servers.dropRound();
    }
  }

  private static int size(LocalGateway gateway, String path) throws Exception {
    try (HttpConnection connection = gateway.connect()) {
      return connection.get(path).require(200).body().getBytes(StandardCharsets.UTF_8).length;
    }
  }

  private Measurement measure(Bench bench, LocalGateway gateway, List<JobId> jobs)
      throws Exception {
    int calls = 3 * bench.scale().calls();
    var constant = List.of(ConstantResource.PATH);
    var status = jobs.stream().map(StatusReads::path).toList();
    WarmUp.of(n -> read(gateway, constant, calls).seconds());
    double warmUp = WarmUp.of(n -> read(gateway, status, calls).seconds());
    var rounds =
        PairedRounds.of(
            bench.rounds(),
            round -> read(gateway, constant, calls),
            round -> read(gateway, status, calls));
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(
                Locale.ROOT,
                "read a job's status while %d are active with %d ms a batch, %d clients",
                JOBS,
                BATCH_MILLIS,
                CLIENTS),
            calls),
        Calls.figures(rounds.baseline()),
        Calls.figures(rounds.bailiff()),
        Bound.shareAtLeast(0.3).andRate(1_500),
        Measurement.Notes.NONE.warmedUp(warmUp));
  }

  private static Calls read(LocalGateway gateway, List<String> paths, int calls) throws Exception {
    return Calls.by(CLIENTS, calls, () -> new Reads(gateway.connect(), paths));
  }

  private static String path(JobId job) {
    return "/_bailiff/v1/jobs/" + job;
  }

  /** Reads one path after another. */
  private record Reads(HttpConnection connection, List<String> paths) implements Calls.Client {
    @Override
    public void call(int n) throws Exception {
      connection.get(paths.get(n % paths.size())).require(200);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }
}
