package dev.bailiff.gateway.job.wait;

import dev.bailiff.job.JobStatus;

/** The words that the admin API has for the states of a job (admin-api 2.1). */
public final class AdminApiStatus {

  private AdminApiStatus() {}

  /** The word for a status. */
  public static String of(JobStatus status) {
    return switch (status) {
      case SCHEDULED, AWAITING_APPROVAL -> "scheduled";
      case ACTIVE, PAUSED -> "active";
      case COMPLETED -> "complete";
      case FAILED, CANCELLED -> "failed";
    };
  }
}
