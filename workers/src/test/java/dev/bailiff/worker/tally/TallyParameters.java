package dev.bailiff.worker.tally;

import org.jspecify.annotations.Nullable;

/**
 * @param segments number of segments of the stage {@code tally}
 * @param items number of items of each segment
 * @param batchMillis how long the database sleeps in each batch, with its transaction open
 * @param badItem an item that the homeserver refuses
 * @param planPages how many pages the plan takes
 */
public record TallyParameters(
    int segments, int items, int batchMillis, @Nullable String badItem, int planPages) {
  public static TallyParameters of(int segments, int items) {
    return new TallyParameters(segments, items, 0, null, 1);
  }

  public TallyParameters slow(int millis) {
    return new TallyParameters(segments, items, millis, badItem, planPages);
  }

  public TallyParameters bad(String item) {
    return new TallyParameters(segments, items, batchMillis, item, planPages);
  }

  public TallyParameters pages(int pages) {
    return new TallyParameters(segments, items, batchMillis, badItem, pages);
  }
}
