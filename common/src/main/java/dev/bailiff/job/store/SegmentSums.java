package dev.bailiff.job.store;

import dev.bailiff.job.Progress;

/**
 * Sums of ended segments, which their stage takes over.
 *
 * @param segments number of the segments
 * @param planned items that the segments planned with their last batch
 */
record SegmentSums(int segments, long planned, long done, long failed, long skipped) {
  static final SegmentSums NONE = new SegmentSums(0, 0, 0, 0, 0);

  /** The sums of a single segment with these counters. */
  static SegmentSums ofOne(long planned, Progress counters) {
    return new SegmentSums(1, planned, counters.done(), counters.failed(), counters.skipped());
  }

  SegmentSums plus(SegmentSums other) {
    return new SegmentSums(
        segments + other.segments,
        planned + other.planned,
        done + other.done,
        failed + other.failed,
        skipped + other.skipped);
  }
}
