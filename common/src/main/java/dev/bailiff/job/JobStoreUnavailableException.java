package dev.bailiff.job;

/**
 * The job store is away: it can answer no call now. The error says nothing about the work, and
 * costs no attempt.
 */
public final class JobStoreUnavailableException extends JobStoreException {
  private static final long serialVersionUID = 1L;

  /**
   * @param cause the error of the database
   */
  public JobStoreUnavailableException(Throwable cause, Reach reach) {
    super(cause, reach);
  }
}
