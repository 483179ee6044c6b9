package dev.bailiff.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker as the reader returns it.
 *
 * @param release null if it was not packaged
 * @param slots how many segments it works at a time, by kind, and {@code express}
 * @param seenAt when it worked last, or Kafka knew it; some two minutes old at most while it lives
 * @param rate items a second when it worked last; 0 if it does nothing
 * @param leads whether it leads the duties
 * @param segments what it has in hand
 */
public record WorkerView(
    String name,
    @Nullable String release,
    Map<String, Integer> slots,
    Instant startedAt,
    Instant seenAt,
    double rate,
    boolean leads,
    List<HeldSegment> segments) {

  /** A segment that a worker has in hand. */
  public record HeldSegment(
      JobId job, JobKind kind, String stage, int segment, Instant leaseExpiresAt) {}
}
