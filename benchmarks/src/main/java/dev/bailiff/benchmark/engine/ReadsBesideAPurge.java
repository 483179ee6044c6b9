package dev.bailiff.benchmark.engine;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.kind.RoomPurgeRow;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.Samples;
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
import dev.bailiff.schemas.kind.DeleteRoomsContract;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Reads of one user over HTTP, one after another with a pause, while two workers purge a big room
 * at the pace of a job without a wish. The baseline is the same reads on the same stack before the
 * job. The time of a round is the 95th percentile of its reads.
 */
public final class ReadsBesideAPurge implements Row {
  private static final String RATE = "events/s of the purge";
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final int READS_A_RUN = 500;
  private static final int RUNS = 20;
  private static final String USER = "/_synapse/admin/v2/users/" + Community.SENDER;

  /** The result of one round. */
  private record Round(Latencies idle, Latencies beside, double eventsASecond) {}

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var rounds = new ArrayList<Round>();
    for (int n = 0; n < bench.rounds(); n++) {
      rounds.add(round(bench));
    }
    return List.of(
        new Measurement(
            new Measurement.Subject(
                name(),
                String.format(
                    Locale.ROOT,
                    "p95 of reads of a user beside a purge of %,d events on 2 workers",
                    bench.scale().roomEvents()),
                1),
            figures(rounds.stream().map(Round::idle).toList()),
            figures(rounds.stream().map(Round::beside).toList()),
            Bound.timesAtMost(2),
            Measurement.Notes.NONE.costs(
                Map.of(
                    RATE,
                    new Samples(rounds.stream().map(Round::eventsASecond).toList()).median()))));
  }

  private static Figures figures(List<Latencies> reads) {
    return Figures.of(reads.stream().map(Latencies::p95).toList(), Latencies.together(reads));
  }

  private Round round(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Community.DATASET);
    var kafka = servers.kafka(name());
    try (Connection connection = servers.connectToRound();
        JobClient client = new JobClient(servers.round(), kafka);
        LocalGateway gateway = LocalGateway.start(servers.round(), kafka);
        Workers workers =
            Workers.start(servers.round(), kafka, WorkerFleet.pair(servers.mediaFolder()));
        HttpConnection http = gateway.connect()) {
      workers.awaitJoined(new JobKind(DeleteRoomsContract.KIND));
      client.run(RoomPurgeRow.deletion(Community.WARM_UP_ROOM));
      WarmUp.of(RUNS, run -> sum(reads(http, new Countdown(READS_A_RUN), Duration.ZERO)));
      Queries.run(connection, "checkpoint");

      long end = System.nanoTime() + IDLE.toNanos();
      var idle = new Latencies(reads(http, () -> System.nanoTime() < end, PAUSE));

      long begin = System.nanoTime();
      JobId job = client.submit(RoomPurgeRow.deletion(Community.DOOMED));
      var beside = new Latencies(reads(http, () -> !client.status(job).isTerminal(), PAUSE));
      double seconds = (System.nanoTime() - begin) / 1e9;
      client.requireGood(job);
      double rate = bench.scale().roomEvents() / seconds;
      bench.printLine(
          "%s: idle p95 %.1f ms, beside %.0f events/s p95 %.1f ms",
          name(), idle.p95() * 1e3, rate, beside.p95() * 1e3);
      return new Round(idle, beside, rate);
    } finally {
      servers.dropRound();
    }
  }

  private static List<Double> reads(HttpConnection http, BooleanSupplier goesOn, Duration pause)
      throws Exception {
    List<Double> seconds = new ArrayList<>();
    while (goesOn.getAsBoolean()) {
      long begin = System.nanoTime();
      http.get(USER).require(200);
      seconds.add((System.nanoTime() - begin) / 1e9);
      Thread.sleep(pause.toMillis());
    }
    return seconds;
  }

  private static double sum(List<Double> seconds) {
    return seconds.stream().mapToDouble(each -> each).sum();
  }

  /** Says yes so many times. */
  private static final class Countdown implements BooleanSupplier {
    private int left;

    Countdown(int times) {
      this.left = times;
    }

    @Override
    public boolean getAsBoolean() {
      return left-- > 0;
    }
  }
}
