package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some targets in order, and the place where their segment goes on. A cursor of a segment of
 * targets is the number of a target. If the segment goes on inside the target, a space and the
 * place in the target follow.
 *
 * @param targets at least one
 * @param within where the page begins in the first target; null at its start
 * @param behind where the segment goes on when all targets are settled; null at its end
 */
public record TargetPage(
    List<OpenTarget> targets, @Nullable String within, @Nullable Cursor behind) {

  /** The targets as the port names them. */
  public List<Target> asTargets() {
    return targets.stream().map(TargetPage::asTarget).toList();
  }

  /** A target as the port names it. */
  public static Target asTarget(OpenTarget target) {
    return new Target(target.number(), target.id());
  }

  /** The first target. */
  public OpenTarget first() {
    return targets.get(0);
  }

  /** Where this page begins. */
  public Cursor here() {
    return inside(first(), within);
  }

  /** A cursor at a place inside a target; at its start if the place is null. */
  public static Cursor inside(OpenTarget target, @Nullable String place) {
    return new Cursor(place == null ? "" + target.number() : target.number() + " " + place);
  }

  /**
   * Turns the outcome of an operation on this page into the outcome of the segment. An outcome
   * without {@code next} settles the page. If it asks to wait instead, the whole page comes again.
   */
  public BatchOutcome settled(BatchOutcome outcome) {
    if (outcome.next() != null) {
      return outcome;
    }
    return outcome.withNext(outcome.snooze() == null ? behind : here());
  }

  /** The target and the place that a cursor stands for. */
  record TargetCursor(int number, @Nullable String within) {
    static TargetCursor of(@Nullable Cursor cursor, int start) {
      if (cursor == null) {
        return new TargetCursor(start, null);
      }
      int space = cursor.value().indexOf(' ');
      return space < 0
          ? new TargetCursor(Integer.parseInt(cursor.value()), null)
          : new TargetCursor(
              Integer.parseInt(cursor.value().substring(0, space)),
              cursor.value().substring(space + 1));
    }
  }
}
