package dev.bailiff.benchmark;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures one claim: in each round both sides, each on a fresh copy of the data, and in each round
 * the other side first. Both warm up on a small room; then {@code analyze} and a checkpoint, then
 * the clock.
 */
final class Comparison {
  private final Servers servers;
  private final Scale scale;
  private final int rounds;
  private final PrintStream log;

  private final List<Double> baseline = new ArrayList<>();
  private final List<Double> bailiff = new ArrayList<>();
  private final List<Map<String, Double>> stages = new ArrayList<>();

  Comparison(Servers servers, Scale scale, int rounds, PrintStream log) {
    this.servers = servers;
    this.scale = scale;
    this.rounds = rounds;
    this.log = log;
  }

  /**
   * All rounds.
   *
   * @throws IllegalStateException if a job ended badly, or the two sides left different rows
   */
  Measurement measure(Claim claim) throws SQLException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      List<String> byBaseline;
      List<String> byBailiff;
      if (round % 2 == 0) {
        byBaseline = baseline(claim);
        byBailiff = bailiff(claim, round);
      } else {
        byBailiff = bailiff(claim, round);
        byBaseline = baseline(claim);
      }
      if (!byBaseline.equals(byBailiff)) {
        throw new IllegalStateException(
            "the two sides did not do the same: baseline " + byBaseline + ", job " + byBailiff);
      }
    }
    return new Measurement(
        claim.name(),
        claim.work(scale),
        claim.items(scale),
        new Samples(baseline),
        new Samples(bailiff),
        claim.bound(),
        List.copyOf(stages));
  }

  private List<String> baseline(Claim claim) throws SQLException {
    servers.copyTemplate();
    try (Connection connection = servers.connectToRound()) {
      connection.setAutoCommit(false);
      claim.warmUpBaseline(connection);
      connection.commit();
      prepare();
      long begin = System.nanoTime();
      claim.baseline(connection, scale);
      connection.commit();
      double seconds = (System.nanoTime() - begin) / 1e9;
      baseline.add(seconds);
      log.printf(Locale.ROOT, "%s: baseline %.2f s%n", claim.name(), seconds);
      List<String> traces = claim.traces(connection);
      connection.commit();
      return traces;
    } finally {
      servers.dropRound();
    }
  }

  private List<String> bailiff(Claim claim, int round) throws SQLException, InterruptedException {
    servers.copyTemplate();
    var kafka = servers.kafka("bench-" + claim.name() + "-" + round);
    try (WorkerPair workers = new WorkerPair(servers.round(), kafka)) {
      var warmUp = claim.warmUpJob();
      workers.awaitJoined(warmUp);
      workers.run(warmUp);
      prepare();
      var done = workers.run(claim.job(scale));
      bailiff.add(done.seconds());
      stages.add(done.stageSeconds());
      log.printf(
          Locale.ROOT,
          "%s: Bailiff %.2f s, by stage %s%n",
          claim.name(),
          done.seconds(),
          done.stageSeconds());
      try (Connection connection = servers.connectToRound()) {
        return claim.traces(connection);
      }
    } finally {
      servers.dropRound();
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = servers.connectToRound()) {
      Queries.run(connection, "analyze");
      Queries.run(connection, "checkpoint");
    }
  }
}
