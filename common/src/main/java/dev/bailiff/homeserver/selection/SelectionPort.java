package dev.bailiff.homeserver.selection;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.schemas.filter.Condition;
import dev.bailiff.schemas.filter.TargetFilter;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds targets by their properties. {@code Homeserver} describes repetition, time and errors.
 *
 * <p><b>What is found while things change:</b> a target that meets the filter from the first page
 * to the last is on one of the pages. What meets it only for a part of that time may be missing.
 */
public interface SelectionPort {

  /** Why this homeserver cannot answer a condition; empty if it can. */
  default Optional<String> refusal(Condition condition) {
    return Optional.empty();
  }

  /**
   * Whether pages are in ascending byte order, each target once. If not, targets come in any order
   * and may come more than once.
   */
  default boolean isInOrder(TargetType targets) {
    return true;
  }

  /**
   * A page of targets that meet a filter, whose conditions are all answered here.
   *
   * @param after null for the first page
   * @param size number of targets at most, as far as the homeserver can limit it. A page may be
   *     short or empty although more pages follow: then the time of a call was over
   */
  SelectionPage find(TargetFilter filter, @Nullable Cursor after, int size);

  /**
   * How many targets meet a filter.
   *
   * @param sample number of ids to return at most
   * @param within the answer comes in about this time. What was counted by then is a lower bound
   */
  default TargetCount count(TargetFilter filter, int sample, Duration within) {
    long end = System.nanoTime() + within.toNanos();
    return new PageCount(
            (after, size) -> find(filter, after, size), isInOrder(filter.targets()), sample)
        .count(() -> System.nanoTime() - end >= 0);
  }

  /** The first condition of a filter that this homeserver cannot answer. */
  default Optional<Condition> unanswerable(TargetFilter filter) {
    return filter.conditions().keySet().stream()
        .filter(filter::asks)
        .filter(condition -> refusal(condition).isPresent())
        .findFirst();
  }
}
