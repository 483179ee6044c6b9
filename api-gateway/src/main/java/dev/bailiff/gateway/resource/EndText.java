package dev.bailiff.gateway.resource;

import dev.bailiff.job.JobError;
import org.jspecify.annotations.Nullable;

/** Why a job did not complete, in the words of the status calls (admin-api 2.1). */
final class EndText {

  private EndText() {}

  /**
   * The status that fits the error, and its text.
   *
   * @param error null for a job that was cancelled
   */
  static String of(@Nullable JobError error) {
    return error == null ? "The job was cancelled" : error.status() + ": " + error.text();
  }
}
