package dev.bailiff.job.store;

/** At least one lease of a group may not be worked any more; none of them was changed. */
public final class GroupBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GroupBrokenException(String message) {
    super(message);
  }
}
