package dev.bailiff.benchmark.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Looks every ten milliseconds how old the transaction of a database role is. */
public final class LongestTransaction implements AutoCloseable {
  private static final long LOOK_MILLIS = 10;

  private static final String OLDEST =
      """
      select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)
      from pg_stat_activity where usename = ?
      """;

  private final LiveSynapse synapse;
  private final String role;
  private final CompletableFuture<Double> result = new CompletableFuture<>();
  private volatile boolean ends;

  private LongestTransaction(LiveSynapse synapse, String role) {
    this.synapse = synapse;
    this.role = role;
  }

  /** Begins to look. */
  public static LongestTransaction of(LiveSynapse synapse, String role) {
    var watch = new LongestTransaction(synapse, role);
    new Thread(watch::run, "longest-transaction").start();
    return watch;
  }

  /** Ends and returns the greatest age that was seen, in seconds. */
  public double end() throws InterruptedException {
    ends = true;
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the transactions were not seen", e.getCause());
    }
  }

  private void run() {
    double longest = 0;
    try (Connection connection = synapse.connect();
        PreparedStatement statement = connection.prepareStatement(OLDEST)) {
      statement.setString(1, role);
      while (!ends) {
        try (var row = statement.executeQuery()) {
          row.next();
          longest = Math.max(longest, row.getDouble(1));
        }
        Thread.sleep(LOOK_MILLIS);
      }
      result.complete(longest);
    } catch (InterruptedException | SQLException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    ends = true;
  }
}
