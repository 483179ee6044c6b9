package dev.bailiff.standalone.client;

/**
 * Thrown when a call is not answered or is refused. The message is one line for the person at the
 * terminal.
 */
public final class ApiCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ApiCallException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** No answer, or no answer in time: a later attempt may succeed. */
  static ApiCallException unreachable(ApiAddress address, String reason) {
    return new ApiCallException(0, "no answer from " + address + ": " + reason);
  }

  /** The answer began and broke off: what was read is not all of it. */
  public static ApiCallException cutOff(String reason) {
    return new ApiCallException(0, "the answer is not whole, as it broke off: " + reason);
  }

  /** Bailiff refused the call: another attempt does not help. */
  static ApiCallException refused(int status, String errcode, String error) {
    return new ApiCallException(status, error + " (" + status + " " + errcode + ")");
  }

  /** The HTTP status, or 0 if there was no answer. */
  public int status() {
    return status;
  }

  /**
   * Whether the same call may succeed later: after no answer, too many calls, or an error of the
   * server.
   */
  public boolean isPassing() {
    return status == 0 || status == 429 || status >= 500;
  }
}
