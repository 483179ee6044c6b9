package dev.bailiff.worker.simulation;

import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.testing.server.TestDatabase;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Plays many schedules, on two threads with one database each. A schedule runs on one thread and
 * leaves half of the time to PostgreSQL, so two threads fit. Database, connections and prepared
 * statements are kept from one schedule to the next.
 */
final class Players implements AutoCloseable {
  private static final int PLAYERS = 2;

  private final ExecutorService threads = Executors.newFixedThreadPool(PLAYERS);
  private final List<Player> players =
      IntStream.range(0, PLAYERS).mapToObj(n -> Player.start()).toList();

  private record Player(TestDatabase database, SimulatedStack stack) {
    static Player start() {
      var database = PostgresExtension.anotherMigrated("simulation");
      return new Player(database, new SimulatedStack(database));
    }

    void close() {
      stack.close();
      database.close();
    }
  }

  /** A schedule that broke a promise. */
  private record Red(long seed, Violation violation) {}

  /**
   * Plays the schedules of these seeds until one breaks a promise.
   *
   * @param first the first seed
   * @param count number of seeds, from the first one on
   * @param off rules that are switched off
   * @return the broken promise with its seed; if two schedules break one at the same time, that of
   *     the lower seed
   */
  Optional<Violation> play(long first, long count, Set<Rule> off) {
    var next = new AtomicLong(first);
    var enough = new AtomicBoolean();
    var results =
        players.stream()
            .map(
                player ->
                    CompletableFuture.supplyAsync(
                        () -> play(player, next, first + count, enough, off), threads))
            .toList();
    return results.stream()
        .map(CompletableFuture::join)
        .filter(Objects::nonNull)
        .min(Comparator.comparingLong(Red::seed))
        .map(Red::violation);
  }

  /** The engine's statements in all schedules so far. */
  Set<String> statements() {
    return players.stream()
        .flatMap(player -> player.stack().statements().stream())
        .collect(Collectors.toSet());
  }

  private static @Nullable Red play(
      Player player, AtomicLong next, long end, AtomicBoolean enough, Set<Rule> off) {
    while (!enough.get()) {
      long seed = next.getAndIncrement();
      if (seed >= end) {
        return null;
      }
      try {
        new Simulation(player.stack(), seed, off).play();
      } catch (Violation e) {
        enough.set(true);
        return new Red(seed, e);
      } catch (RuntimeException e) {
        enough.set(true);
        return new Red(seed, new Violation("seed " + seed + ": the simulation itself failed", e));
      }
    }
    return null;
  }

  @Override
  public void close() {
    threads.shutdown();
    players.forEach(Player::close);
  }
}
