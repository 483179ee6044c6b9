package dev.bailiff.standalone.client;

/**
 * A call that did not give what was asked for. The message is one line for the person at the
 * terminal.
 */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Nobody answers, or not in time: trying again later may help. */
  static ApiException unreachable(ApiAddress address, String reason) {
    return new ApiException(0, "no answer from " + address + ": " + reason);
  }

  /** Bailiff answered and said no: trying again will not help. */
  static ApiException refused(int status, String errcode, String error) {
    return new ApiException(status, error + " (" + status + " " + errcode + ")");
  }

  /** The HTTP status, or 0 if there was no answer. */
  public int status() {
    return status;
  }

  /**
   * Whether the same call may succeed later: no answer, too many calls, or trouble at the other
   * end.
   */
  public boolean isPassing() {
    return status == 0 || status == 429 || status >= 500;
  }
}
