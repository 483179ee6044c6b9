package dev.bailiff.benchmark.http;

import dev.bailiff.access.NewToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.LiveHeap;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.ProcessorTime;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.LocalGateway;
import dev.bailiff.benchmark.stack.PauseJobs;
import dev.bailiff.database.Database;
import dev.bailiff.job.JobId;
import dev.bailiff.kafka.KafkaPublisher;
import dev.bailiff.schemas.event.JobEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A thousand clients follow all jobs on one gateway, while a job makes progress at the fastest pace
 * that is told. The lag of a change is the time from its commit to its arrival at a client. The
 * heap is measured in a round of its own, as that collects all the time.
 */
public final class FollowedJobs implements Row {
  private static final int CLIENTS = 1_000;
  private static final int CLIENTS_OF_A_TOKEN = 50;
  private static final int WARM_UP = 20;
  private static final int CHANGES = 60;

  /** Just above the half second between two changes of a job that are told. */
  private static final long PAUSE_MILLIS = 550;

  private static final long LONGEST_LAG_MILLIS = 5_000;
  private static final double MILLIS = 1e3;

  private static final String OPEN_STAGE =
      "insert into jobs.stage (job_id, stage_n, name, total) values (?, 1, 'pause', 1000)";

  private static final String PROGRESS =
      "update jobs.stage set done = ?, progress_at = clock_timestamp() where job_id = ? and stage_n = 1";

  @Override
  public String name() {
    return "events";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    var kafka = servers.kafka(name());
    try (Connection connection = servers.connectToRound();
        Database database = Database.open(servers.round(), "tokens");
        JobClient client = new JobClient(servers.round(), kafka);
        KafkaPublisher publisher = new KafkaPublisher(kafka)) {
      var tokens = tokens(new OperatorTokens(database.jdbi()));
      var job = client.submit(PauseJobs.job(1, 1, 0));
      try (var statement = connection.prepareStatement(OPEN_STAGE)) {
        statement.setObject(1, job.value());
        statement.executeUpdate();
      }
      var changes = new Changes(connection, publisher, job);
      var lags = new ArrayList<Latencies>();
      var seconds = new ArrayList<Double>();
      double processorMillis = 0;
      for (int round = 0; round < bench.rounds(); round++) {
        // A new one each time: a gateway notices that clients have gone when it writes to them.
        try (var gateway = LocalGateway.start(servers.round(), kafka);
            var readers = readers(gateway, tokens)) {
          changes.make(readers, 0, WARM_UP);
          double before = ProcessorTime.ofThisJvm();
          long begin = System.nanoTime();
          lags.add(changes.make(readers, WARM_UP, CHANGES));
          seconds.add((System.nanoTime() - begin) / 1e9);
          processorMillis += ProcessorTime.ofThisJvm() - before;
        }
      }
      double elapsed = seconds.stream().mapToDouble(Double::doubleValue).sum();
      Map<String, Double> costs = new LinkedHashMap<>();
      costs.put("% of a core", processorMillis / MILLIS / elapsed * 100);
      try (var gateway = LocalGateway.start(servers.round(), kafka)) {
        costs.put("MB of heap above idle", heap(gateway, tokens, changes));
      }
      bench.printLine("%s: %s", name(), costs);
      return List.of(measurement(seconds, Latencies.together(lags), costs));
    } finally {
      servers.dropRound();
    }
  }

  private Measurement measurement(List<Double> seconds, Latencies lags, Map<String, Double> costs) {
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(
                Locale.ROOT,
                "%,d clients follow a job that changes %.1f times a second, commit to arrival",
                CLIENTS,
                MILLIS / PAUSE_MILLIS),
            (long) CLIENTS * (CHANGES - WARM_UP)),
        null,
        Figures.of(seconds, lags),
        Bound.done().andP99(1).andCost("% of a core", 50).andCost("MB of heap above idle", 64),
        Measurement.Notes.NONE.costs(costs).warmedUp(WARM_UP * PAUSE_MILLIS / MILLIS));
  }

  private static List<String> tokens(OperatorTokens tokens) {
    List<String> all = new ArrayList<>();
    while (all.size() < CLIENTS) {
      var token = tokens.issue(NewToken.unbounded("reader"));
      for (int n = 0; n < CLIENTS_OF_A_TOKEN; n++) {
        all.add(token);
      }
    }
    return all;
  }

  private static StreamReaders readers(LocalGateway gateway, List<String> tokens) throws Exception {
    var readers = new StreamReaders(CLIENTS, CHANGES);
    readers.connect(gateway.url(), "/_bailiff/v1/events", tokens);
    while (readers.open() < CLIENTS) {
      if (readers.ended() > 0) {
        throw new IllegalStateException(readers.ended() + " streams have ended");
      }
      Thread.sleep(50);
    }
    return readers;
  }

  private static double heap(LocalGateway gateway, List<String> tokens, Changes changes)
      throws Exception {
    try (var heap = new LiveHeap();
        var readers = readers(gateway, tokens)) {
      changes.make(readers, 0, WARM_UP);
      return heap.megabytesAboveIdle();
    }
  }

  /** Makes changes as a worker does: the store first, the event after. */
  private record Changes(Connection connection, KafkaPublisher publisher, JobId job) {

    Latencies make(StreamReaders readers, int from, int to) throws Exception {
      var lags = new long[(to - from) * CLIENTS];
      for (int n = from; n < to; n++) {
        long committed = change(n);
        publisher.publishEvent(event());
        var cameAt = awaitAll(readers, n);
        for (int i = 0; i < CLIENTS; i++) {
          lags[(n - from) * CLIENTS + i] = cameAt[i] - committed;
        }
        long left = PAUSE_MILLIS - (System.nanoTime() - committed) / 1_000_000;
        if (left > 0) {
          Thread.sleep(left);
        }
      }
      return Latencies.ofNanos(lags);
    }

    private long change(int n) throws SQLException {
      try (var statement = connection.prepareStatement(PROGRESS)) {
        statement.setLong(1, n);
        statement.setObject(2, job.value());
        statement.executeUpdate();
      }
      return System.nanoTime();
    }

    private static long[] awaitAll(StreamReaders readers, int n) throws InterruptedException {
      long begin = System.nanoTime();
      while (true) {
        var cameAt = readers.cameAt(n);
        if (Arrays.stream(cameAt).allMatch(time -> time != 0)) {
          return cameAt;
        }
        if (System.nanoTime() - begin > LONGEST_LAG_MILLIS * 1_000_000) {
          throw new IllegalStateException("change " + n + " did not reach all clients");
        }
        Thread.sleep(5);
      }
    }

    private JobEvent event() {
      return new JobEvent(
          JobEvent.VERSION,
          "progress",
          null,
          job.value(),
          PauseJobs.KIND.name(),
          null,
          null,
          1,
          Instant.now());
    }
  }
}
