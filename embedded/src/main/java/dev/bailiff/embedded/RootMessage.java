package dev.bailiff.embedded;

/** The text by which a person learns why a server does not start: that of the first cause. */
public final class RootMessage {
  private RootMessage() {}

  /** The message of the first cause; its class, if it has no message. */
  public static String of(Throwable error) {
    var root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
