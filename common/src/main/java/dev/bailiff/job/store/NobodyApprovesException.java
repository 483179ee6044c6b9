package dev.bailiff.job.store;

/**
 * A job needs an approval that nobody else could give. The exception rolls the accepting
 * transaction back.
 */
final class NobodyApprovesException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String why;

  NobodyApprovesException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
