package dev.bailiff.job;

/**
 * The segment belongs to another owner by now, or to none. Drop what was being done; whoever has it
 * goes on.
 */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(Lease lease) {
    super("lease lost: " + lease.key() + " at epoch " + lease.epoch());
  }
}
