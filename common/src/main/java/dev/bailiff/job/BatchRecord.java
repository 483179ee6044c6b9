package dev.bailiff.job;

import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.counting.Counted;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record that a batch leaves in the store, beside its effect.
 *
 * @param end the state of the segment after the batch
 * @param checkpoint where the segment goes on
 * @param failed items given up; at least as many as {@code failures}, as one failure may stand for
 *     a run of items
 * @param planned segments of this stage that the batch planned
 * @param adoptedRange set when a planning segment turns into the stage's only working segment
 * @param plannedItems items by which the stage grows
 * @param finds targets that a filter found
 * @param counted what a dry run counted
 * @param effects what the batch did to the homeserver, for the audit
 */
public record BatchRecord(
    End end,
    @Nullable String checkpoint,
    long done,
    long skipped,
    long failed,
    List<FailedItem> failures,
    List<ListEntry> listEntries,
    List<Fact> facts,
    List<Planned> planned,
    @Nullable String adoptedRange,
    long plannedItems,
    List<Verdict> verdicts,
    Finds finds,
    Counted counted,
    Effects effects) {

  /** A batch that finds and counts nothing, as those of all stages that do a job's work. */
  public BatchRecord(
      End end,
      @Nullable String checkpoint,
      long done,
      long skipped,
      long failed,
      List<FailedItem> failures,
      List<ListEntry> listEntries,
      List<Fact> facts,
      List<Planned> planned,
      @Nullable String adoptedRange,
      long plannedItems,
      List<Verdict> verdicts) {
    this(
        end,
        checkpoint,
        done,
        skipped,
        failed,
        failures,
        listEntries,
        facts,
        planned,
        adoptedRange,
        plannedItems,
        verdicts,
        Finds.NONE,
        Counted.NONE,
        Effects.NONE);
  }

  /** Items of the range that the segment adopted with this batch. */
  public long adoptedItems() {
    return adoptedRange == null ? 0 : plannedItems;
  }

  /** The state of the segment after this batch. */
  public sealed interface End {
    /** The segment goes on at the checkpoint under the same lease. */
    record GoesOn() implements End {}

    /** All items of the segment are settled. */
    record Done() implements End {}

    /** The rest of the segment's items was given up. */
    record Failed(String error) implements End {}

    /** The segment cannot go on, and the job ends with this error. */
    record JobFailed(JobError error) implements End {}

    /** The segment waits; the wait costs no attempt. */
    record Snoozed(Duration delay) implements End {}
  }

  /** A failed item. {@code targetError} is set if the item's target fails with it. */
  public record FailedItem(
      int target, String item, String code, String text, @Nullable JobError targetError) {}

  /**
   * What a batch did to the homeserver.
   *
   * @param what kind and stage, such as {@code redact-events/redact}
   */
  public record Effects(String what, List<Effect> all) {
    public static final Effects NONE = new Effects("", List.of());
  }

  /**
   * What a filter found.
   *
   * @param targets they become targets of the job, behind those that it has. In ascending order,
   *     and greater than all before
   * @param unordered found in no order, and perhaps before. They wait until all are found, and then
   *     become targets in their order
   */
  public record Finds(List<String> targets, List<String> unordered) {
    public static final Finds NONE = new Finds(List.of(), List.of());

    /** Targets that were found in their order. */
    public static Finds inOrder(List<String> targets) {
      return new Finds(targets, List.of());
    }

    /** Targets that were found in no order. */
    public static Finds unordered(List<String> targets) {
      return new Finds(List.of(), targets);
    }
  }

  /** A segment to store. */
  public record Planned(String range, long items) {}
}
