package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.data.TargetLines;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Latencies;
import dev.bailiff.benchmark.measure.LiveHeap;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Submits a job of a million users as lines of JSON: alone, and ten such jobs at once with other
 * calls beside them. The baseline stores the same rows by {@code COPY} and one statement.
 */
public final class TargetUploadRow implements Row {
  private static final String HEAP = "MB of heap above idle";
  private static final int AT_ONCE = 10;
  private static final int SECONDS = 15;
  private static final int MEGABYTES = 64;

  @Override
  public String name() {
    return "upload";
  }

  private record Together(double seconds, Latencies others) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var lines = new TargetLines(Math.toIntExact(bench.scale().roomEvents()));
    var rounds =
        PairedRounds.of(
            bench.rounds(), round -> baseline(bench, lines), round -> bailiff(bench, lines, round));
    return List.of(alone(bench, lines, rounds), together(lines, together(bench, lines)));
  }

  private Measurement alone(Bench bench, TargetLines lines, PairedRounds<Double, Double> rounds)
      throws Exception {
    double heap = heap(bench, lines);
    return new Measurement(
        new Measurement.Subject(
            name(),
            String.format(Locale.ROOT, "submit a job of %,d users", lines.targets()),
            lines.targets()),
        Figures.of(rounds.baseline()),
        Figures.of(rounds.bailiff()),
        Bound.done().andRate(lines.targets() / SECONDS).andCost(HEAP, MEGABYTES),
        Measurement.Notes.NONE.costs(Map.of(HEAP, heap)));
  }

  private Measurement together(TargetLines lines, Together measured) {
    return new Measurement(
        new Measurement.Subject(
            name() + "-10",
            String.format(
                Locale.ROOT,
                "submit %d jobs of %,d users at once; single calls beside them",
                AT_ONCE,
                lines.targets()),
            (long) AT_ONCE * lines.targets()),
        null,
        Figures.of(List.of(measured.seconds()), measured.others()),
        Bound.done().andP99(1),
        Measurement.Notes.NONE);
  }

  private double baseline(Bench bench, TargetLines lines) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (var connection = servers.connectToRound()) {
      long begin = System.nanoTime();
      CopiedTargets.store(connection, lines);
      double seconds = (System.nanoTime() - begin) / 1e9;
      bench.printLine("%s: baseline %.2f s", name(), seconds);
      return seconds;
    } finally {
      servers.dropRound();
    }
  }

  private double bailiff(Bench bench, TargetLines lines, int round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (LocalGateway gateway =
            LocalGateway.start(servers.round(), servers.kafka(name() + "-" + round));
        var connection = gateway.connect()) {
      submit(connection, new TargetLines(lines.targets() / 10)); // warms up
      long begin = System.nanoTime();
      submit(connection, lines);
      double seconds = (System.nanoTime() - begin) / 1e9;
      bench.printLine("%s: Bailiff %.2f s", name(), seconds);
      return seconds;
    } finally {
      servers.dropRound();
    }
  }

  private double heap(Bench bench, TargetLines lines) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (LocalGateway gateway =
            LocalGateway.start(servers.round(), servers.kafka(name() + "-heap"));
        var connection = gateway.connect()) {
      submit(connection, new TargetLines(lines.targets() / 10));
      try (var heap = new LiveHeap()) {
        submit(connection, lines);
        bench.printLine("%s: %.1f %s", name(), heap.megabytesAboveIdle(), HEAP);
        return heap.megabytesAboveIdle();
      }
    } finally {
      servers.dropRound();
    }
  }

  private Together together(Bench bench, TargetLines lines) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (LocalGateway gateway =
            LocalGateway.start(servers.round(), servers.kafka(name() + "-together"));
        var other = gateway.connect()) {
      other.get("/_bailiff/v1/jobs?limit=1").require(200);
      long begin = System.nanoTime();
      List<CompletableFuture<Void>> uploads = new ArrayList<>();
      for (int n = 0; n < AT_ONCE; n++) {
        uploads.add(
            CompletableFuture.runAsync(
                () -> uploadUntilAccepted(gateway, lines),
                client -> new Thread(client, "upload").start()));
      }
      var all = CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new));
      List<Double> others = new ArrayList<>();
      while (!all.isDone()) {
        long called = System.nanoTime();
        other.get("/_bailiff/v1/jobs?limit=1").require(200);
        others.add((System.nanoTime() - called) / 1e9);
      }
      all.join();
      double seconds = (System.nanoTime() - begin) / 1e9;
      bench.printLine("%s: %d at once %.2f s", name(), AT_ONCE, seconds);
      return new Together(seconds, new Latencies(others));
    } finally {
      servers.dropRound();
    }
  }

  /** Comes back as often as the gateway asks for it. */
  private static void uploadUntilAccepted(LocalGateway gateway, TargetLines lines) {
    try {
      int status;
      do {
        try (var connection = gateway.connect()) {
          status = connection.postLines("/_bailiff/v1/jobs", lines).status();
        }
      } while (status == 503);
      if (status != 202) {
        throw new IllegalStateException("status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void submit(HttpConnection connection, TargetLines lines) throws IOException {
    connection.postLines("/_bailiff/v1/jobs", lines).require(202);
  }
}
