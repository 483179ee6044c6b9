package dev.bailiff.job.store;

/**
 * A target that a request claims belongs to another job. The exception rolls the accepting
 * transaction back.
 */
final class TargetClaimedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String target;

  TargetClaimedException(String target) {
    super("claimed: " + target);
    this.target = target;
  }

  String target() {
    return target;
  }
}
