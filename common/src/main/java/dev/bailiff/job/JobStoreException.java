package dev.bailiff.job;

/**
 * The job store failed to do what it was asked to do. {@code StoreCalls} throws this exception for
 * callers that must not know which database the store is in.
 */
public class JobStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reach reach;

  /** How far the call got. */
  public enum Reach {
    /** There was no connection to the store: nothing was sent. */
    NOT_SENT,
    /** The store rolled the transaction back: nothing of the call is stored. */
    ROLLED_BACK,
    /** The call was sent. The store may have committed it, and the answer was lost. */
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
