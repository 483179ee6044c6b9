package dev.bailiff.schemas.kind;

import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a target of a recipe when one of its steps fails. */
public enum OnStepFailure {
  /** The later steps leave the target alone. */
  SKIP_TARGET("skip-target"),
  /** The later steps are done all the same. */
  GO_ON("go-on");

  private final String word;

  OnStepFailure(String word) {
    this.word = word;
  }

  /** The word in parameters. */
  public String word() {
    return word;
  }

  /** The choice of a word; empty for an unknown one. */
  public static Optional<OnStepFailure> of(String word) {
    return Stream.of(values()).filter(choice -> choice.word.equals(word)).findFirst();
  }
}
