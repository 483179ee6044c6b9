package dev.bailiff.duty;

/** Something to do again and again. */
public interface Duty {

  /** Does what is due now. Returns whether there may be more at once. */
  boolean runOnce();
}
