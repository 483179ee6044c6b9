package dev.bailiff.schemas.filter;

/** A filter that means nothing. The message names the condition and goes to the client. */
public final class FilterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean ofType;

  private FilterException(String message, boolean ofType) {
    super(message);
    this.ofType = ofType;
  }

  /** A value of the wrong type of JSON. */
  static FilterException wrongType(String message) {
    return new FilterException(message, true);
  }

  /** An unknown condition, or a value that cannot be. */
  static FilterException impossible(String message) {
    return new FilterException(message, false);
  }

  /** The message, never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** Whether the type of a value is wrong, and not the value. */
  public boolean isOfType() {
    return ofType;
  }
}
