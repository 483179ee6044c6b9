package dev.bailiff.job;

/**
 * The job store did not do what it was asked to do. {@code StoreCalls} throws it for callers that
 * must not know which database the store is in.
 */
public class JobStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reach reach;

  /** How far the call came. */
  public enum Reach {
    /** No connection to the store could be had: nothing was sent. */
    NOT_SENT,
    /** The store rolled the transaction back: nothing of it is stored. */
    ROLLED_BACK,
    /** The call was sent. It may have been committed, and its answer lost. */
    UNKNOWN
  }

  /**
   * @param cause the error of the database
   */
  public JobStoreException(Throwable cause, Reach reach) {
    super(cause.getMessage(), cause);
    this.reach = reach;
  }

  public final Reach reach() {
    return reach;
  }

  /** The error of the database: {@code last_error} of a segment shows it. */
  @Override
  public final String toString() {
    return String.valueOf(getCause());
  }
}
