package dev.bailiff.testing.synapse;

import static org.awaitility.Awaitility.await;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.ListEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the port that is worked as a worker does it: each batch goes on at the recorded
 * cursor, and a homeserver that is away only costs time. Pauses between batches are short, whatever
 * the operation asks for.
 *
 * <p><b>Concurrency:</b> one thread works; others may read the counts.
 */
final class PatientOperation implements BatchCommit {
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final BiFunction<@Nullable Cursor, BatchCommit, BatchOutcome> operation;
  private final List<BatchOutcome> recorded = new ArrayList<>();
  private @Nullable Cursor cursor;
  private int away;
  private int snoozes;

  PatientOperation(BiFunction<@Nullable Cursor, BatchCommit, BatchOutcome> operation) {
    this.operation = operation;
  }

  /** Works to the end, however often the homeserver is away. */
  PatientOperation toTheEnd() {
    await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(this::runOnce);
    return this;
  }

  /** Works one batch. Returns whether the operation is at its end. */
  boolean runOnce() {
    BatchOutcome outcome;
    try {
      outcome = operation.apply(cursor, this);
    } catch (HomeserverUnavailableException e) {
      away++;
      return false;
    }
    cursor = outcome.next();
    if (outcome.snooze() != null) {
      snoozes++;
    }
    return cursor == null && outcome.snooze() == null;
  }

  @Override
  public void fence() {}

  @Override
  public synchronized BatchOutcome record(BatchOutcome outcome) {
    recorded.add(outcome);
    return outcome;
  }

  private synchronized List<BatchOutcome> outcomes() {
    return List.copyOf(recorded);
  }

  long done() {
    return outcomes().stream().mapToLong(BatchOutcome::done).sum();
  }

  long skipped() {
    return outcomes().stream().mapToLong(BatchOutcome::skipped).sum();
  }

  List<Failure> failures() {
    return outcomes().stream().flatMap(outcome -> outcome.failures().stream()).toList();
  }

  /** All entries of a list of the reply, those that came twice as well. */
  List<String> list(String name) {
    return outcomes().stream()
        .flatMap(outcome -> outcome.listEntries().stream())
        .filter(entry -> entry.list().equals(name))
        .map(ListEntry::item)
        .toList();
  }

  /** The last value of a fact; empty if there is none. */
  String fact(String key) {
    return outcomes().stream()
        .flatMap(outcome -> outcome.facts().stream())
        .filter(fact -> fact.key().equals(key))
        .map(Fact::value)
        .reduce("", (first, second) -> second);
  }

  /** How many batches met a homeserver that was away. */
  int away() {
    return away;
  }

  /** How many batches asked to be called later. */
  int snoozes() {
    return snoozes;
  }
}
