package dev.bailiff.gateway.job;

import dev.bailiff.job.JobError;
import org.jspecify.annotations.Nullable;

/** Why a job did not complete, in the words of the status calls (admin-api 2.1). */
public final class JobErrorText {

  private JobErrorText() {}

  /**
   * The status that fits the error, and its text.
   *
   * @param error null for a job that was cancelled
   */
  public static String of(@Nullable JobError error) {
    return error == null ? "The job was cancelled" : error.status() + ": " + error.text();
  }
}
