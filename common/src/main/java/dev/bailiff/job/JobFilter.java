package dev.bailiff.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects the jobs of a list. A null field selects all.
 *
 * @param target id of a target
 * @param acceptedAfter inclusive
 * @param acceptedBefore exclusive
 * @param text part of the reason or of the reference, in upper or lower case
 * @param retryOf the job whose rest the jobs work once more
 * @param planJob the dry run whose targets the jobs work
 */
public record JobFilter(
    @Nullable JobStatus status,
    @Nullable JobKind kind,
    @Nullable String target,
    @Nullable String requester,
    @Nullable Instant acceptedAfter,
    @Nullable Instant acceptedBefore,
    @Nullable String text,
    @Nullable JobId retryOf,
    @Nullable JobId planJob) {
  public static final JobFilter ALL = new JobFilter(null, null, null, null, null, null);

  /** A filter without a text or another job. */
  public JobFilter(
      @Nullable JobStatus status,
      @Nullable JobKind kind,
      @Nullable String target,
      @Nullable String requester,
      @Nullable Instant acceptedAfter,
      @Nullable Instant acceptedBefore) {
    this(status, kind, target, requester, acceptedAfter, acceptedBefore, null, null, null);
  }

  /** The same filter, of jobs that have this target. */
  public JobFilter ofTarget(String id) {
    return new JobFilter(
        status, kind, id, requester, acceptedAfter, acceptedBefore, text, retryOf, planJob);
  }

  /** The same filter, of jobs whose reason or reference has this text. */
  public JobFilter withText(String part) {
    return new JobFilter(
        status, kind, target, requester, acceptedAfter, acceptedBefore, part, retryOf, planJob);
  }
}
