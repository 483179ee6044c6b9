package dev.bailiff.benchmark.row;

import dev.bailiff.benchmark.data.Queries;
import dev.bailiff.benchmark.data.RoundFixture;
import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.benchmark.measure.Figures;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.stack.JobClient;
import dev.bailiff.benchmark.stack.WorkerFleet;
import dev.bailiff.benchmark.stack.Workers;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.job.JobRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Measures one claim. Each round measures both sides, each on a fresh copy of the data.
 *
 * <p>Whole rounds of Bailiff come first, until they get no faster, because they compile Bailiff's
 * code. The baseline needs no such rounds: only the server's caches can be cold for it. In each
 * round both sides first do something small; then come {@code analyze} and a checkpoint, and then
 * the clock starts.
 */
public final class Comparison implements Row {
  /** The limit is low because each warm-up needs a copy of the data. */
  private static final int MOST_WARM_UPS = 5;

  private final SqlComparison claim;

  public Comparison(SqlComparison claim) {
    this.claim = claim;
  }

  /** The result of one side in one round. */
  private record Side(double seconds, Map<String, Double> stages, List<String> traces) {}

  @Override
  public String name() {
    return claim.name();
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    double warmUp = WarmUp.of(MOST_WARM_UPS, run -> bailiff(bench, "warm-up-" + run).seconds);
    var rounds =
        PairedRounds.of(
            bench.rounds(),
            round -> baseline(bench),
            round -> bailiff(bench, Integer.toString(round)));
    for (int round = 0; round < bench.rounds(); round++) {
      var byBaseline = rounds.baseline().get(round).traces;
      var byBailiff = rounds.bailiff().get(round).traces;
      if (!byBaseline.equals(byBailiff)) {
        throw new IllegalStateException(
            "the two sides did not do the same: baseline " + byBaseline + ", job " + byBailiff);
      }
    }
    return List.of(
        new Measurement(
            new Measurement.Subject(
                claim.name(), claim.work(bench.scale()), claim.items(bench.scale())),
            Figures.of(rounds.baseline().stream().map(Side::seconds).toList()),
            Figures.of(rounds.bailiff().stream().map(Side::seconds).toList()),
            claim.bound(),
            Measurement.Notes.NONE
                .stages(rounds.bailiff().stream().map(Side::stages).toList())
                .warmedUp(warmUp)));
  }

  private Side baseline(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(claim.dataset());
    try (Connection connection = servers.connectToRound()) {
      var ground = new RoundFixture(connection, servers.mediaFolder(), bench.scale());
      claim.furnish(ground);
      connection.setAutoCommit(false);
      claim.warmUpBaseline(ground);
      connection.commit();
      prepare(servers);
      long begin = System.nanoTime();
      claim.baseline(ground);
      connection.commit();
      double seconds = (System.nanoTime() - begin) / 1e9;
      bench.printLine("%s: baseline %.2f s", claim.name(), seconds);
      List<String> traces = claim.traces(connection);
      connection.commit();
      return new Side(seconds, Map.of(), traces);
    } finally {
      servers.dropRound();
    }
  }

  private Side bailiff(Bench bench, String round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(claim.dataset());
    var kafka = servers.kafka(claim.name() + "-" + round);
    var crew = WorkerFleet.pair(servers.mediaFolder());
    try (Connection connection = servers.connectToRound();
        JobClient jobs = new JobClient(servers.round(), kafka);
        Workers workers = Workers.start(servers.round(), kafka, crew)) {
      claim.furnish(new RoundFixture(connection, servers.mediaFolder(), bench.scale()));
      var warmUp = claim.warmUpJob(bench.scale());
      workers.awaitJoined(warmUp.kind());
      jobs.run(warmUp);
      prepare(servers);
      var done = jobs.run(fast(claim.job(bench.scale())));
      bench.printLine(
          "%s: Bailiff %.2f s, by stage %s", claim.name(), done.seconds(), done.stageSeconds());
      return new Side(done.seconds(), done.stageSeconds(), claim.traces(connection));
    } finally {
      servers.dropRound();
    }
  }

  /** Nobody reads beside it. */
  private static JobRequest fast(JobRequest job) {
    return job.withTerms(job.terms().paced(JobPace.FAST));
  }

  private static void prepare(Servers servers) throws SQLException {
    try (Connection connection = servers.connectToRound()) {
      Queries.run(connection, "analyze");
      Queries.run(connection, "checkpoint");
    }
  }
}
