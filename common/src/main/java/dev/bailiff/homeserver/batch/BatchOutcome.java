package dev.bailiff.homeserver.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a batch, per item and for the reply.
 *
 * @param done items changed by this batch
 * @param skipped items that needed nothing (already gone, already redacted)
 * @param failures items given up, each with its reason
 * @param listEntries list entries for the reply
 * @param facts single values for the reply
 * @param next where the range goes on; null when the range is finished
 * @param snooze set when the rest must wait; {@code next} is then where to go on
 * @param effects what became of whom, for the audit
 */
public record BatchOutcome(
    long done,
    long skipped,
    List<Failure> failures,
    List<ListEntry> listEntries,
    List<Fact> facts,
    @Nullable Cursor next,
    @Nullable Snooze snooze,
    List<Effect> effects) {

  /** A batch that says no more of its effects than their number and the entries of its lists. */
  public BatchOutcome(
      long done,
      long skipped,
      List<Failure> failures,
      List<ListEntry> listEntries,
      List<Fact> facts,
      @Nullable Cursor next,
      @Nullable Snooze snooze) {
    this(done, skipped, failures, listEntries, facts, next, snooze, List.of());
  }

  /** A batch without failures and without anything for the reply. */
  public static BatchOutcome of(long done, long skipped, @Nullable Cursor next) {
    return new BatchOutcome(done, skipped, List.of(), List.of(), List.of(), next, null);
  }

  /** Nothing was done; call again from {@code next} after the delay. */
  public static BatchOutcome snooze(@Nullable Cursor next, Snooze snooze) {
    return new BatchOutcome(0, 0, List.of(), List.of(), List.of(), next, snooze);
  }

  /** How many items are settled. */
  public long items() {
    return done + skipped + failures.size();
  }

  /** Whether the range goes on at once. */
  public boolean goesOn() {
    return next != null && snooze == null;
  }

  /** The same outcome, finished or going on at another cursor. */
  public BatchOutcome withNext(@Nullable Cursor cursor) {
    return new BatchOutcome(done, skipped, failures, listEntries, facts, cursor, snooze, effects);
  }

  /** The same outcome with its effects, for the audit. */
  public BatchOutcome withEffects(List<Effect> told) {
    return new BatchOutcome(done, skipped, failures, listEntries, facts, next, snooze, told);
  }
}
