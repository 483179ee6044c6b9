package dev.bailiff.job;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What the targets of a job come from, if not from a list in its request.
 *
 * @param filter with its moments fixed; null without a filter
 * @param retryOf the job whose failed items and open targets this job works once more; null if none
 * @param planJob the dry run whose targets this job works; null if none
 * @param mostTargets how many targets the filter may find; null: the usual limit
 */
public record JobOrigin(
    @Nullable JsonNode filter,
    @Nullable JobId retryOf,
    @Nullable JobId planJob,
    @Nullable Integer mostTargets) {

  /** The limit of a job whose request names none. */
  public static final int USUAL_MOST_TARGETS = 1_000_000;

  /** An origin without a limit of its own. */
  public JobOrigin(@Nullable JsonNode filter, @Nullable JobId retryOf, @Nullable JobId planJob) {
    this(filter, retryOf, planJob, null);
  }

  /** What a filter finds, if it finds no more than so many. */
  public static JobOrigin filter(JsonNode filter, int mostTargets) {
    return new JobOrigin(filter, null, null, mostTargets);
  }

  /** What is to be worked of a plan: its targets, but for those that it left out. */
  public static JobOrigin plan(JobId job) {
    return new JobOrigin(null, null, job);
  }

  /** The job whose targets this job has, or some of them; null if there is none. */
  public @Nullable JobId former() {
    return planJob == null ? retryOf : planJob;
  }

  /** A list in the request. */
  public static final JobOrigin LIST = new JobOrigin(null, null, null);
}
