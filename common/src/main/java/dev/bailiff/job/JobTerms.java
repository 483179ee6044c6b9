package dev.bailiff.job;

import dev.bailiff.homeserver.batch.JobPace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a job is to be worked, beside its kind, parameters and targets.
 *
 * @param reason why, for people; null if none was given
 * @param reference a name of the case in another system, such as {@code MOD-112}; null if none was
 *     given
 * @param runAt the job does not start before this time; null for now
 * @param priority from {@value #LOWEST} to {@value #HIGHEST}; the highest goes first
 * @param maxRate items a second at most; null for no bound
 * @param pace how fast it works on a remote homeserver; null: the homeserver decides
 * @param stopAfterFailures the job stops when so many items have failed; null: it goes on
 * @param dryRun whether the job only plans, and changes nothing
 */
public record JobTerms(
    @Nullable String reason,
    @Nullable String reference,
    @Nullable Instant runAt,
    int priority,
    @Nullable Integer maxRate,
    @Nullable JobPace pace,
    @Nullable Integer stopAfterFailures,
    boolean dryRun) {

  public static final int LOWEST = 1;
  public static final int HIGHEST = 5;
  public static final int USUAL_PRIORITY = 3;

  /** A job that runs now, without any wish. */
  public static final JobTerms USUAL =
      new JobTerms(null, null, null, USUAL_PRIORITY, null, null, null, false);

  public JobTerms {
    if (priority < LOWEST || priority > HIGHEST) {
      throw new IllegalArgumentException("priority " + priority);
    }
  }

  /** The same terms with this reason. */
  public JobTerms because(@Nullable String text) {
    return new JobTerms(text, reference, runAt, priority, maxRate, pace, stopAfterFailures, dryRun);
  }

  /** The same terms with this start; null for now. */
  public JobTerms startingAt(@Nullable Instant time) {
    return new JobTerms(
        reason, reference, time, priority, maxRate, pace, stopAfterFailures, dryRun);
  }

  /** The same terms, seen from this moment: a start that is not later than it is now. */
  public JobTerms from(Instant now) {
    return runAt == null || runAt.isAfter(now) ? this : startingAt(null);
  }

  /** The same terms with this pace. */
  public JobTerms paced(@Nullable JobPace wish) {
    return new JobTerms(
        reason, reference, runAt, priority, maxRate, wish, stopAfterFailures, dryRun);
  }

  /** The same terms with this priority. */
  public JobTerms ofPriority(int number) {
    return new JobTerms(reason, reference, runAt, number, maxRate, pace, stopAfterFailures, dryRun);
  }
}
