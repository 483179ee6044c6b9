package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Dataset;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Calls;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.row.Row;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Submits one-user jobs over HTTP while no worker runs. The baseline stores the same rows by a loop
 * of prepared statements, one transaction for each job, with as many connections as Bailiff has
 * clients.
 */
public final class JobSubmissions implements Row {
  private static final int CLIENTS = 8;

  private static final String BODY =
      """
      {"kind":"deactivate-users","targets":["@user-%d:bench.example"],"parameters":{"erase":true},"reason":"spam"}
      """;

  private static final List<String> INSERTS =
      List.of(
          """
          insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, reason, target_count)
          values (?, 'deactivate-users', 'scheduled', '{"erase": true}', 'token:bench', '@bailiff:bench.example', 'spam', 1)
          """,
          "insert into jobs.target (job_id, target_n, target) values (?, 0,"
              + " '@user-1:bench.example')",
          "insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total) values"
              + " (?, 0, 'plan', 1, 1, 1)",
          """
          insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, range, total)
          values (?, 0, 0, 'ready', true, 1, clock_timestamp() + interval '5 seconds', '0-1', 1)
          """,
          "insert into jobs.transition (job_id, to_status) values (?, 'scheduled')");

  @Override
  public String name() {
    return "submit";
  }

  /** The result of Bailiff's side in one round. */
  private record Side(Calls calls, double warmUp) {}

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var rounds =
        PairedRounds.of(bench.rounds(), round -> baseline(bench), round -> bailiff(bench, round));
    int jobs = bench.scale().calls();
    return List.of(
        new Measurement(
            new Measurement.Subject(
                name(),
                String.format(
                    Locale.ROOT, "submit %,d jobs, no worker running, %d clients", jobs, CLIENTS),
                jobs),
            Calls.figures(rounds.baseline()),
            Calls.figures(rounds.bailiff().stream().map(Side::calls).toList()),
            Bound.shareAtLeast(0.3).andRate(500),
            Measurement.Notes.NONE.warmedUp(
                rounds.bailiff().stream().mapToDouble(Side::warmUp).sum())));
  }

  private Calls baseline(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try {
      WarmUp.of(n -> insert(bench).seconds());
      var calls = insert(bench);
      bench.printLine("%s: baseline %.2f s", name(), calls.seconds());
      return calls;
    } finally {
      servers.dropRound();
    }
  }

  private static Calls insert(Bench bench) throws Exception {
    return Calls.by(
        CLIENTS, bench.scale().calls(), () -> new Inserts(bench.servers().connectToRound()));
  }

  private Side bailiff(Bench bench, int round) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Dataset.EMPTY);
    try (LocalGateway gateway =
        LocalGateway.start(servers.round(), servers.kafka(name() + "-" + round))) {
      double warmUp = WarmUp.of(n -> submit(bench, gateway).seconds());
      var calls = submit(bench, gateway);
      bench.printLine(
          "%s: Bailiff %.2f s after %.0f s of warm-up", name(), calls.seconds(), warmUp);
      return new Side(calls, warmUp);
    } finally {
      servers.dropRound();
    }
  }

  private static Calls submit(Bench bench, LocalGateway gateway) throws Exception {
    return Calls.by(CLIENTS, bench.scale().calls(), () -> new Submissions(gateway.connect()));
  }

  /** Submits jobs over HTTP. */
  private record Submissions(HttpConnection connection) implements Calls.Client {
    @Override
    public void call(int n) throws Exception {
      connection.post("/_bailiff/v1/jobs", BODY.formatted(n)).require(202);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** Inserts the rows of a job. */
  private static final class Inserts implements Calls.Client {
    private final Connection connection;
    private final List<PreparedStatement> statements = new ArrayList<>();

    Inserts(Connection connection) throws SQLException {
      this.connection = connection;
      connection.setAutoCommit(false);
      for (String insert : INSERTS) {
        statements.add(connection.prepareStatement(insert));
      }
    }

    @Override
    public void call(int n) throws SQLException {
      var job = UUID.randomUUID();
      for (PreparedStatement statement : statements) {
        statement.setObject(1, job);
        statement.executeUpdate();
      }
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
