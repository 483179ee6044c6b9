package dev.bailiff.schemas.api.worker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A worker.
 *
 * @param worker its name
 * @param release null if it was not packaged
 * @param startedAt since when it is there
 * @param seenAt when it worked last, or Kafka knew it
 * @param leads whether it does what makes up for workers that died
 * @param rate items a second
 * @param slots how many segments it works at a time, by kind, and {@code express}
 * @param segments what it works on
 */
public record WorkerReply(
    String worker,
    @Nullable String release,
    Instant startedAt,
    Instant seenAt,
    boolean leads,
    double rate,
    Map<String, Integer> slots,
    List<WorkerSegmentReply> segments) {}
