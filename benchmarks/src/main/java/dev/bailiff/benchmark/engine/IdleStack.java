package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Costs;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.job.JobKind;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The load of an idle stack on PostgreSQL: transactions a second with a gateway and no worker, two
 * workers, and twelve workers.
 */
public final class IdleStack implements Row {
  private static final List<Integer> WORKERS = List.of(0, 2, 12);

  /** The time until the duties at the start are done. */
  private static final long SETTLING_MILLIS = 20_000;

  /**
   * Several times the interval of the slowest duty, and several times the delay of PostgreSQL's
   * counts.
   */
  private static final long MEASURED_MILLIS = 60_000;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    List<Measurement> measurements = new ArrayList<>();
    for (int workers : WORKERS) {
      measurements.add(measure(bench, workers));
    }
    return measurements;
  }

  private Measurement measure(Bench bench, int count) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name() + "-" + count);
    var crew = WorkerFleet.pair(servers.mediaFolder()).of(count);
    try (Connection connection = servers.connectToRound();
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        Workers workers = Workers.start(servers.round(), kafka, crew)) {
      try (HttpConnection client = gateway.connect()) {
        client.get("/_bailiff/v1/jobs").require(200);
      }
      if (count > 0) {
        workers.awaitJoined(new JobKind(DeactivateUsersContract.KIND));
      }
      Thread.sleep(SETTLING_MILLIS);
      var costs = Costs.fromNow(servers, connection);
      Thread.sleep(MEASURED_MILLIS);
      var ofEach = costs.ofEach(MEASURED_MILLIS / 1_000, 0);
      bench.printLine("%s: with %d workers, each second %s", name(), count, ofEach);
      return measurement(count, ofEach);
    } finally {
      servers.dropRound();
    }
  }

  private Measurement measurement(int workers, Map<String, Double> costs) {
    double seconds = MEASURED_MILLIS / 1e3;
    return new Measurement(
        new Measurement.Subject(
            name() + "-" + workers,
            String.format(Locale.ROOT, "a second of nothing, a gateway and %d workers", workers),
            MEASURED_MILLIS / 1_000),
        null,
        Figures.of(List.of(seconds)),
        Bound.done().andCost(Costs.TRANSACTIONS, 3),
        Measurement.Notes.NONE.costs(costs).warmedUp(SETTLING_MILLIS / 1e3));
  }
}
