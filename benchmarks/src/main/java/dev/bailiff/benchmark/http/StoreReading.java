package dev.bailiff.benchmark.http;

import dev.bailiff.benchmark.data.Servers;
import dev.bailiff.benchmark.measure.Bound;
import dev.bailiff.benchmark.measure.Calls;
import dev.bailiff.benchmark.measure.Measurement;
import dev.bailiff.benchmark.measure.PairedRounds;
import dev.bailiff.benchmark.measure.WarmUp;
import dev.bailiff.benchmark.row.Bench;
import dev.bailiff.benchmark.stack.HttpConnection;
import dev.bailiff.benchmark.stack.LocalGateway;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One read of a store full of data, over HTTP and by hand.
 *
 * @param path of call n
 * @param byHand the same read as statements, with their arguments for call n
 */
public record StoreReading(
    String name,
    String work,
    int clients,
    int calls,
    Path path,
    List<Statement> byHand,
    Bound bound) {

  @FunctionalInterface
  interface Path {
    String of(int n);
  }

  @FunctionalInterface
  interface Arguments {
    List<Object> of(int n);
  }

  record Statement(String sql, Arguments arguments) {}

  /** Makes the calls by hand: prepared statements, and every row is read. */
  private Calls byHand(Servers servers, int count) throws Exception {
    return Calls.by(clients, count, () -> new ByHand(servers.connectToRound(), this));
  }

  private Calls overHttp(LocalGateway gateway, int count) throws Exception {
    return Calls.by(clients, count, () -> new OverHttp(gateway.connect(), this));
  }

  /** Measures both sides in turns. */
  Measurement measure(Bench bench, LocalGateway gateway) throws Exception {
    var servers = bench.servers();
    // For slow calls a few warm-up calls suffice, because such calls mostly wait for the store.
    int some = clients > 1 ? calls : Math.max(2, calls / 5);
    WarmUp.of(n -> byHand(servers, some).seconds());
    double warmUp = WarmUp.of(n -> overHttp(gateway, some).seconds());
    var rounds =
        PairedRounds.of(
            bench.rounds(), round -> byHand(servers, calls), round -> overHttp(gateway, calls));
    var measurement =
        new Measurement(
            new Measurement.Subject(name, work, calls),
            Calls.figures(rounds.baseline()),
            Calls.figures(rounds.bailiff()),
            bound,
            Measurement.Notes.NONE.warmedUp(warmUp));
    bench.printLine("%s: %s", name, measurement.isReached() ? "reached" : "not reached");
    return measurement;
  }

  private record OverHttp(HttpConnection connection, StoreReading reading) implements Calls.Client {
    @Override
    public void call(int n) throws Exception {
      connection.get(reading.path.of(n)).require(200);
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private static final class ByHand implements Calls.Client {
    private final Connection connection;
    private final StoreReading reading;
    private final List<PreparedStatement> statements = new ArrayList<>();

    ByHand(Connection connection, StoreReading reading) throws SQLException {
      this.connection = connection;
      this.reading = reading;
      for (Statement statement : reading.byHand) {
        statements.add(connection.prepareStatement(statement.sql));
      }
    }

    @Override
    public void call(int n) throws SQLException {
      for (int s = 0; s < statements.size(); s++) {
        PreparedStatement statement = statements.get(s);
        List<Object> arguments = reading.byHand.get(s).arguments.of(n);
        for (int i = 0; i < arguments.size(); i++) {
          statement.setObject(i + 1, arguments.get(i));
        }
        try (ResultSet rows = statement.executeQuery()) {
          int columns = rows.getMetaData().getColumnCount();
          while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
              rows.getString(column);
            }
          }
        }
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
