package dev.bailiff.job.store;

/** Not all leases of a group may be worked any more; nothing was done to any of them. */
public final class GroupBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GroupBrokenException(String message) {
    super(message);
  }
}
