package dev.bailiff.schemas.kind;

import org.jspecify.annotations.Nullable;

/** The parameters of a kind that is made of the stages of other kinds. */
public interface Recipe {

  /** What becomes of a target when one of its steps fails; absent means that it is skipped. */
  @Nullable String onStepFailure();

  /** Whether the later steps leave a target alone of which a step failed. */
  default boolean skipsTargets() {
    var word = onStepFailure();
    return word == null
        || OnStepFailure.of(word).orElse(OnStepFailure.SKIP_TARGET) == OnStepFailure.SKIP_TARGET;
  }
}
