package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.ListEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Works an operation of the homeserver port to its end, as the engine does: it goes on at the
 * cursor, calls again after "later", and tries again from the last recorded checkpoint when the
 * homeserver is unavailable.
 */
public final class BatchDriver implements BatchCommit {
  private static final int MAX_CALLS = 10_000;

  private final List<BatchOutcome> recorded = new ArrayList<>();
  private int fences;

  /** The sum of all recorded outcomes. */
  public record Total(
      long done,
      long skipped,
      List<Failure> failures,
      List<ListEntry> listEntries,
      List<Fact> facts,
      int batches) {

    public long items() {
      return done + skipped + failures.size();
    }

    public List<String> list(String name) {
      return listEntries.stream()
          .filter(item -> item.list().equals(name))
          .map(ListEntry::item)
          .distinct()
          .sorted()
          .toList();
    }

    public @Nullable String fact(String key) {
      return facts.stream()
          .filter(fact -> fact.key().equals(key))
          .map(Fact::value)
          .reduce((first, second) -> second)
          .orElse(null);
    }
  }

  /** Runs an operation from the start to the end of its range. */
  public static Total run(BiFunction<@Nullable Cursor, BatchCommit, BatchOutcome> operation) {
    BatchDriver driver = new BatchDriver();
    Cursor cursor = null;
    for (int call = 0; call < MAX_CALLS; call++) {
      try {
        BatchOutcome outcome = operation.apply(cursor, driver);
        cursor = outcome.next();
        if (cursor == null && outcome.snooze() == null) {
          return driver.total();
        }
      } catch (HomeserverUnavailableException e) {
        // once more, from the last recorded cursor
      }
    }
    throw new IllegalStateException("no end after " + MAX_CALLS + " calls");
  }

  @Override
  public void fence() {
    fences++;
  }

  @Override
  public BatchOutcome record(BatchOutcome outcome) {
    recorded.add(outcome);
    return outcome;
  }

  public int fences() {
    return fences;
  }

  public Total total() {
    return new Total(
        recorded.stream().mapToLong(BatchOutcome::done).sum(),
        recorded.stream().mapToLong(BatchOutcome::skipped).sum(),
        recorded.stream().flatMap(outcome -> outcome.failures().stream()).toList(),
        recorded.stream().flatMap(outcome -> outcome.listEntries().stream()).toList(),
        recorded.stream().flatMap(outcome -> outcome.facts().stream()).toList(),
        recorded.size());
  }
}
