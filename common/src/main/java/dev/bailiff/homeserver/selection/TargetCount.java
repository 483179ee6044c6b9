package dev.bailiff.homeserver.selection;

import java.util.List;

/**
 * How many targets meet a filter.
 *
 * @param exact whether all were counted; otherwise there are at least so many
 * @param sample some of their ids
 */
public record TargetCount(long count, boolean exact, List<String> sample) {

  /** The number as people say it. */
  public String text() {
    return (exact ? "" : "at least ") + count;
  }
}
