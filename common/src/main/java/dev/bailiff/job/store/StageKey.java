package dev.bailiff.job.store;

import dev.bailiff.job.SegmentKey;
import java.util.UUID;

/** The key of a row of {@code jobs.stage}. */
record StageKey(UUID job, int stage) {

  /** The stage that a segment belongs to. */
  static StageKey of(SegmentKey segment) {
    return new StageKey(segment.job().value(), segment.stage());
  }
}
