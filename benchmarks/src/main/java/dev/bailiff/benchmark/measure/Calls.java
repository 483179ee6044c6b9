package dev.bailiff.benchmark.measure;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Equal calls by several clients. Each client makes its next call when it has the answer to the
 * last one.
 *
 * @param seconds from the begin of the first call to the end of the last one
 */
public record Calls(double seconds, Latencies latencies) {

  /** The figures of one side's rounds. */
  public static Figures figures(List<Calls> rounds) {
    return Figures.of(
        rounds.stream().map(Calls::seconds).toList(),
        Latencies.together(rounds.stream().map(Calls::latencies).toList()));
  }

  /** A client with a connection of its own. */
  public interface Client extends AutoCloseable {
    /** Makes the n-th call, from 0. */
    void call(int n) throws Exception;

    @Override
    void close() throws IOException, SQLException;
  }

  /**
   * Makes calls 0 to {@code calls} − 1. Clients connect before the clock starts.
   *
   * @throws IllegalStateException if a call failed
   */
  public static Calls by(int clients, int calls, Callable<Client> connect) throws Exception {
    long[] nanos = new long[calls];
    var next = new AtomicInteger();
    var go = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(clients);
    List<Client> connected = new ArrayList<>();
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int n = 0; n < clients; n++) {
        var client = connect.call();
        connected.add(client);
        work.add(
            () -> {
              go.await();
              for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                long begin = System.nanoTime();
                client.call(i);
                nanos[i] = System.nanoTime() - begin;
              }
              return null;
            });
      }
      var running = work.stream().map(threads::submit).toList();
      long begin = System.nanoTime();
      go.countDown();
      for (var client : running) {
        client.get();
      }
      return new Calls((System.nanoTime() - begin) / 1e9, Latencies.ofNanos(nanos));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call failed", e.getCause());
    } finally {
      threads.shutdownNow();
      for (Client client : connected) {
        client.close();
      }
    }
  }
}
