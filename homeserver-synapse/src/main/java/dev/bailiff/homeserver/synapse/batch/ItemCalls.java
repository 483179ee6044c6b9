package dev.bailiff.homeserver.synapse.batch;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import dev.bailiff.homeserver.synapse.http.UnexpectedAnswerException;
import dev.bailiff.homeserver.synapse.pace.NoTurnException;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import dev.bailiff.homeserver.synapse.pace.Pacing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out calls for the items of a list, some at a time, at the pace of their job.
 *
 * <p><b>Prefix:</b> the result covers the first items of the list, up to the first one that is not
 * settled. A call that was made for a later item is not part of the result; its effect is found
 * when the item's turn comes.
 *
 * <p><b>Time:</b> no item is begun {@link #NO_MORE_AFTER} after the start. A call whose turn has
 * not come by then is not made; its item is open.
 *
 * <p><b>Concurrency:</b> thread-safe; threads are made as needed and end when idle.
 */
public final class ItemCalls implements AutoCloseable {
  private static final Duration NO_MORE_AFTER = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** After a call without an answer, whose effect may still come. */
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(10);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.named("synapse-call"));
  private final Tries tries = new Tries();
  private final Pacing pacing;
  private final Runnable requireAlive;
  private final ReadTime readTime;

  /**
   * @param pacing of the process; closed with the calls
   */
  public ItemCalls(Pacing pacing) {
    this(pacing, () -> {});
  }

  /**
   * @param requireAlive throws {@link HomeserverUnavailableException} if the homeserver cannot
   *     answer a simple question: then no item is at fault
   */
  public ItemCalls(Pacing pacing, Runnable requireAlive) {
    this(pacing, requireAlive, ReadTime.OF_THIS_PROCESS);
  }

  /**
   * @param readTime how long a read goes on
   */
  public ItemCalls(Pacing pacing, Runnable requireAlive, ReadTime readTime) {
    this.pacing = pacing;
    this.requireAlive = requireAlive;
    this.readTime = readTime;
  }

  /**
   * The names of an item, for its failure.
   *
   * @param target number of the job's target
   */
  public record Name(String item, int target) {}

  /**
   * The settled first items of a list.
   *
   * @param settled in the order of the list; may be empty
   * @param names of the settled items, in the same order
   * @param again null if the next item was not begun; otherwise the wait before it makes sense
   */
  public record Prefix(List<Settlement> settled, List<Name> names, @Nullable Duration again) {}

  /** Settles one item. */
  @FunctionalInterface
  public interface Call<T> {

    /**
     * Settles an item.
     *
     * @param paced makes each call that changes something
     * @throws RuntimeException those of the client
     */
    Settlement settle(T item, PacedCalls paced);
  }

  /**
   * Carries out calls for a list.
   *
   * @param operation the same word for the same kind of call
   * @param parallel number of items at a time, at most
   * @param failsTarget whether the target of an item fails with the item
   * @param commit knows the pace of the job, and gets the speed
   * @throws HomeserverUnavailableException if the first item met it
   */
  public <T> Prefix settle(
      String operation,
      List<T> items,
      int parallel,
      boolean failsTarget,
      BatchCommit commit,
      Function<T, Name> name,
      Call<T> call) {
    var results = new AtomicReferenceArray<@Nullable Settlement>(items.size());
    var away = new AtomicReferenceArray<@Nullable HomeserverUnavailableException>(items.size());
    var next = new AtomicInteger();
    var stopped = new AtomicBoolean();
    long end = System.nanoTime() + NO_MORE_AFTER.toNanos();
    var paced = pacing.batch(commit.pace(), end);
    Runnable worker =
        () -> {
          boolean first = true;
          while (!stopped.get() && (first || System.nanoTime() < end)) {
            first = false;
            int n = next.getAndIncrement();
            if (n >= items.size()) {
              return;
            }
            try {
              var settlement =
                  one(
                      operation,
                      name.apply(items.get(n)),
                      failsTarget,
                      () -> call.settle(items.get(n), paced));
              results.set(n, settlement);
              if (settlement instanceof Settlement.Open) {
                stopped.set(true);
              }
            } catch (NoTurnException e) {
              stopped.set(true);
            } catch (HomeserverUnavailableException e) {
              away.set(n, e);
              stopped.set(true);
            }
          }
        };
    run(worker, paced.threads(Math.min(parallel, items.size())));
    var speed = paced.text();
    if (speed != null) {
      commit.paced(speed);
    }
    var names = items.stream().map(name).toList();
    return prefix(names, results, away);
  }

  /** The time of one read. */
  public ReadTime readTime() {
    return readTime;
  }

  /**
   * Reads one value for each item of a list, in the order of the list, until the {@link ReadTime}
   * is over.
   *
   * @return the values of the first items; of one at least, if there is any
   */
  public <T, R> List<R> readFirst(List<T> items, int parallel, Function<T, R> call) {
    return readUntil(items, parallel, call, readTime.begin());
  }

  /** Reads one value for each item of a short list, in the order of the list. */
  public <T, R> List<R> read(List<T> items, int parallel, Function<T, R> call) {
    return readUntil(items, parallel, call, () -> false);
  }

  /** Reads values as {@link #readFirst} does, until a time that the caller has begun. */
  public <T, R> List<R> readUntil(
      List<T> items, int parallel, Function<T, R> call, BooleanSupplier isOver) {
    var results = new AtomicReferenceArray<@Nullable R>(items.size());
    var next = new AtomicInteger();
    run(
        () -> {
          while (next.get() == 0 || !isOver.getAsBoolean()) {
            int n = next.getAndIncrement();
            if (n >= items.size()) {
              return;
            }
            results.set(n, call.apply(items.get(n)));
          }
        },
        Math.min(parallel, items.size()));
    var values = new ArrayList<R>(items.size());
    for (int n = 0; n < items.size(); n++) {
      var value = results.get(n);
      if (value == null) {
        break;
      }
      values.add(value);
    }
    return values;
  }

  /** The items of a short list of which a question is true, in the order of the list. */
  public <T> List<T> filter(List<T> items, int parallel, Predicate<T> question) {
    var answers = read(items, parallel, question::test);
    var found = new ArrayList<T>();
    for (int n = 0; n < items.size(); n++) {
      if (answers.get(n)) {
        found.add(items.get(n));
      }
    }
    return found;
  }

  private void run(Runnable worker, int parallel) {
    var others = new ArrayList<CompletableFuture<Void>>();
    for (int n = 1; n < parallel; n++) {
      others.add(CompletableFuture.runAsync(worker, threads));
    }
    try {
      worker.run();
    } finally {
      join(others);
    }
  }

  private static void join(List<CompletableFuture<Void>> others) {
    try {
      CompletableFuture.allOf(others.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Settlement one(
      String operation, Name name, boolean failsTarget, Supplier<Settlement> call) {
    try {
      return call.get();
    } catch (RateLimitedException e) {
      return new Settlement.Open(e.retryAfter());
    } catch (NoAnswerException e) {
      return again(operation, name, failsTarget, e, AFTER_SILENCE);
    } catch (UnexpectedAnswerException e) {
      return e.answer().isServerError()
          ? again(operation, name, failsTarget, e, AGAIN)
          : Settlement.failed(Refusals.of(e.answer(), name.item(), name.target(), failsTarget));
    }
  }

  private Settlement again(
      String operation, Name name, boolean failsTarget, RuntimeException cause, Duration wait) {
    requireAlive.run();
    return tries.isLast(operation, name.item())
        ? Settlement.failed(Refusals.unanswered(name.item(), name.target(), failsTarget, cause))
        : new Settlement.Open(wait);
  }

  private static Prefix prefix(
      List<Name> names,
      AtomicReferenceArray<@Nullable Settlement> results,
      AtomicReferenceArray<@Nullable HomeserverUnavailableException> away) {
    var settled = new ArrayList<Settlement>();
    for (int n = 0; n < names.size(); n++) {
      var result = results.get(n);
      if (result instanceof Settlement.Open open) {
        return new Prefix(settled, names.subList(0, n), open.again());
      }
      if (result == null) {
        var error = away.get(n);
        if (error != null && n == 0) {
          throw error;
        }
        return new Prefix(settled, names.subList(0, n), null);
      }
      settled.add(result);
    }
    return new Prefix(settled, names, null);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    pacing.close();
  }
}
