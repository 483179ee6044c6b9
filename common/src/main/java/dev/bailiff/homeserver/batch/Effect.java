package dev.bailiff.homeserver.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch did to one user, room or medium, for the audit.
 *
 * @param target number of the job's target; negative if the batch does not know it
 * @param whom the user, room or medium; null if it is the target itself
 * @param items ids of what was changed: events, rooms, media; empty if whom was changed as a whole,
 *     or if the ids are too many to be told
 * @param result {@code done}, or how much was done
 */
public record Effect(int target, @Nullable String whom, List<String> items, String result) {
  private static final String DONE = "done";
  private static final int UNKNOWN = -1;

  public Effect {
    items = List.copyOf(items);
  }

  /** A target that was changed as a whole. */
  public static Effect of(Target target) {
    return new Effect(target.number(), target.id(), List.of(), DONE);
  }

  /** Items of a user or room that were changed. */
  public static Effect of(String whom, List<String> items) {
    return new Effect(UNKNOWN, whom, items, DONE);
  }

  /** Items of a target, by its number, that were changed. */
  public static Effect of(int target, List<String> items) {
    return new Effect(target, null, items, DONE);
  }

  /** So many items of a room, which are not told one by one. */
  public static Effect counted(@Nullable String whom, long items) {
    return new Effect(UNKNOWN, whom, List.of(), DONE + " " + items);
  }
}
