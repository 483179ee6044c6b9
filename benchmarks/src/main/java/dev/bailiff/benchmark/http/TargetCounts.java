package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Directory;
import dev.bailiff.benchmark.data.Queries;
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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many users a filter finds, with a sample of twenty, over HTTP on the homeserver of {@link
 * Directory}. The baseline is the same count and the same sample by hand.
 */
public final class TargetCounts implements Row {
  private static final String PATH = "/_bailiff/v1/targets/count";
  private static final String REQUEST = "{\"kind\": \"deactivate-users\", \"filter\": %s}";

  /** A call may take two seconds, so a run of them is short. */
  private static final int CALLS = 20;

  /** Almost all of the time is PostgreSQL's, which has nothing to compile. */
  private static final int MOST_WARM_UPS = 3;

  /** Bots of application services and closed accounts are left out, as a filter does by itself. */
  private static final String FROM =
      "from homeserver.account a where not a.deactivated and a.appservice_id is null and %s";

  /** One filter, and its condition by hand. */
  private record Filter(String name, String work, String json, String sql) {}

  private static final List<Filter> FILTERS =
      List.of(
          new Filter(
              "count-id", "the begin of an id", "{\"user_id\": \"@ab*\"}", "a.user_id like '@ab%'"),
          new Filter(
              "count-name",
              "a part of a display name",
              "{\"displayname\": \"*abc*\"}",
              "lower(a.displayname) like '%abc%'"),
          new Filter(
              "count-created",
              "a time of creation that half of them have",
              "{\"created_after\": \"2020-09-19T07:20:00Z\"}",
              "a.created_at > 1600500000000"));

  @Override
  public String name() {
    return "count";
  }

  @Override
  public List<Measurement> measure(Bench bench) throws Exception {
    var servers = bench.servers();
    servers.copyTemplate(Directory.DATASET);
    try (LocalGateway gateway = LocalGateway.start(servers.round(), servers.kafka(name()))) {
      try (Connection connection = servers.connectToRound()) {
        Queries.run(connection, "vacuum analyze");
      }
      List<Measurement> measurements = new ArrayList<>();
      for (Filter filter : FILTERS) {
        measurements.add(measure(bench, gateway, filter));
      }
      return measurements;
    } finally {
      servers.dropRound();
    }
  }

  private static Measurement measure(Bench bench, LocalGateway gateway, Filter filter)
      throws Exception {
    double warmUp = WarmUp.of(MOST_WARM_UPS, n -> overHttp(gateway, filter, CALLS).seconds());
    var rounds =
        PairedRounds.of(
            bench.rounds(),
            round -> byHand(bench, filter, CALLS),
            round -> overHttp(gateway, filter, CALLS));
    return new Measurement(
        new Measurement.Subject(
            filter.name(),
            String.format(
                Locale.ROOT,
                "count the users of %,d that have %s",
                Directory.users(bench.scale()),
                filter.work()),
            CALLS),
        Calls.figures(rounds.baseline()),
        Calls.figures(rounds.bailiff()),
        Bound.done().andP99(2),
        Measurement.Notes.NONE.warmedUp(warmUp));
  }

  private static Calls overHttp(LocalGateway gateway, Filter filter, int calls) throws Exception {
    var body = REQUEST.formatted(filter.json());
    return Calls.by(1, calls, () -> new OverHttp(gateway.connect(), body));
  }

  private static Calls byHand(Bench bench, Filter filter, int calls) throws Exception {
    return Calls.by(1, calls, () -> new ByHand(bench.servers().connectToRound(), filter));
  }

  private record OverHttp(HttpConnection connection, String body) implements Calls.Client {
    @Override
    public void call(int n) throws Exception {
      connection.post(PATH, body).require(200);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private record ByHand(Connection connection, Filter filter) implements Calls.Client {
    @Override
    public void call(int n) throws SQLException {
      var from = FROM.formatted(filter.sql());
      Queries.number(connection, "select count(*) " + from);
      try (var statement = connection.createStatement();
          var rows =
              statement.executeQuery("select a.user_id " + from + " order by a.user_id limit 20")) {
        while (rows.next()) {
          rows.getString(1);
        }
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
