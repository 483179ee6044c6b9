package dev.bailiff.benchmark.data;

import dev.bailiff.benchmark.measure.ProcessorTime;
import dev.bailiff.benchmark.measure.Samples;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The costs of some work: commits, and processor time of this JVM and of PostgreSQL. This JVM runs
 * gateway, workers and broker, as under {@code bailiff up}, and also the clients of the
 * measurement.
 */
public final class Costs {
  /** Transactions that wrote: each waits until the log is on the disk. */
  public static final String COMMITS = "commits";

  /** All transactions, including those that only read. */
  public static final String TRANSACTIONS = "transactions";

  public static final String JVM_MILLIS = "ms of CPU in the JVM";
  public static final String POSTGRES_MILLIS = "ms of CPU in PostgreSQL";

  /**
   * A transaction gets a number when it first writes; a savepoint that writes gets its own number.
   */
  private static final String NUMBERS =
      "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  private static final String ENDED =
      "select xact_commit from pg_stat_database where datname = current_database()";

  private final Servers servers;
  private final Connection connection;
  private final double commits;
  private final double transactions;
  private final double jvmMillis;
  private final double postgresMillis;

  private Costs(Servers servers, Connection connection) throws SQLException {
    this.servers = servers;
    this.connection = connection;
    this.commits = Queries.number(connection, NUMBERS);
    this.transactions = Queries.number(connection, ENDED);
    this.jvmMillis = ProcessorTime.ofThisJvm();
    this.postgresMillis = ProcessorTime.ofFamily(servers.postmaster());
  }

  /** Starts to count. */
  public static Costs fromNow(Servers servers, Connection connection) throws SQLException {
    return new Costs(servers, connection);
  }

  /**
   * The costs until now, divided by the number of items.
   *
   * @param looks transactions of the measurement itself
   */
  public Map<String, Double> ofEach(long items, long looks) throws SQLException {
    var now = new Costs(servers, connection);
    Map<String, Double> costs = new LinkedHashMap<>();
    costs.put(COMMITS, (now.commits - commits) / items);
    costs.put(TRANSACTIONS, (now.transactions - transactions - looks) / items);
    costs.put(JVM_MILLIS, (now.jvmMillis - jvmMillis) / items);
    costs.put(POSTGRES_MILLIS, (now.postgresMillis - postgresMillis) / items);
    return costs;
  }

  /** The median of each cost over some rounds. */
  public static Map<String, Double> medians(Iterable<Map<String, Double>> rounds) {
    Map<String, List<Double>> byName = new LinkedHashMap<>();
    for (var round : rounds) {
      round.forEach(
          (name, value) -> byName.computeIfAbsent(name, any -> new ArrayList<>()).add(value));
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    byName.forEach((name, values) -> medians.put(name, new Samples(values).median()));
    return medians;
  }
}
