package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some targets in order, and where their segment goes on. A cursor of a segment of targets is the
 * number of one, and behind a space, if it goes on inside it, the place there.
 *
 * @param targets at least one
 * @param within where in the first one it begins; null at its start
 * @param behind where the segment goes on when all are settled; null at its end
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

  /** At the start of a target, or at a place inside it. */
  public static Cursor inside(OpenTarget target, @Nullable String place) {
    return new Cursor(place == null ? "" + target.number() : target.number() + " " + place);
  }

  /**
   * The outcome of the segment, of an operation on this list: a list without {@code next} is
   * settled, unless it has to wait; then all of it comes again.
   */
  public BatchOutcome settled(BatchOutcome outcome) {
    if (outcome.next() != null) {
      return outcome;
    }
    return outcome.withNext(outcome.later() == null ? behind : here());
  }

  /** Where a cursor is. */
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
