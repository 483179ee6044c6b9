package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.PaceWish;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A leased segment with everything that its worker must know.
 *
 * @param lease the right to work on the segment
 * @param stage name of its stage; the number of the stage only gives its place in this job, as
 *     another release may have other stages
 * @param job the accepted job
 * @param range the range to work; null while the segment still plans its stage
 * @param checkpoint where to go on; null at the start
 * @param total items in the segment, as planned
 */
public record Segment(
    Lease lease,
    String stage,
    JobFacts job,
    @Nullable String range,
    @Nullable String checkpoint,
    long total) {

  /**
   * The facts that stages read of their job.
   *
   * @param actingUser the user who is recorded as having acted
   * @param targetCount how many targets the job has
   * @param pace how fast its batches should be worked
   * @param maxRate items a second at most; null for no bound
   * @param secondTry whether the job works once more what it has left over; its open targets are
   *     those alone
   */
  public record JobFacts(
      JobId id,
      JobKind kind,
      JsonNode parameters,
      String requester,
      String actingUser,
      @Nullable String reason,
      int targetCount,
      Instant acceptedAt,
      PaceWish pace,
      @Nullable Integer maxRate,
      boolean secondTry) {

    /** The facts of a job that works its targets for the first time. */
    public JobFacts(
        JobId id,
        JobKind kind,
        JsonNode parameters,
        String requester,
        String actingUser,
        @Nullable String reason,
        int targetCount,
        Instant acceptedAt,
        PaceWish pace,
        @Nullable Integer maxRate) {
      this(
          id,
          kind,
          parameters,
          requester,
          actingUser,
          reason,
          targetCount,
          acceptedAt,
          pace,
          maxRate,
          false);
    }
  }

  /** The same segment at another place. */
  public Segment at(@Nullable String newRange, @Nullable String newCheckpoint) {
    return new Segment(lease, stage, job, newRange, newCheckpoint, total);
  }
}
