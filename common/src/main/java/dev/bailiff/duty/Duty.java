package dev.bailiff.duty;

/** A task that is repeated as long as the process runs. */
public interface Duty {

  /** Does the work that is due now. Returns whether there may be more work right away. */
  boolean runOnce();
}
