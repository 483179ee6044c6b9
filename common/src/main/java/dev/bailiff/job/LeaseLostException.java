package dev.bailiff.job;

/**
 * The segment belongs to another owner by now, or to no one. The worker drops its batch; the new
 * owner goes on.
 */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LeaseLostException(Lease lease) {
    super("lease lost: " + lease.key() + " at epoch " + lease.epoch());
  }
}
