package dev.bailiff.homeserver.synapse.batch;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.synapse.http.Answer;

/** Turns refusals of Synapse into failures of items. */
public final class Refusals {
  private Refusals() {}

  /**
   * The failure of an item that Synapse refuses, in the words of Synapse's own jobs: {@code 403:
   * You don't have permission}.
   *
   * @param failsTarget whether the target fails with the item
   */
  public static Failure of(Answer answer, String item, int target, boolean failsTarget) {
    return new Failure(
        item,
        target,
        failsTarget,
        answer.status(),
        answer.errcode(),
        answer.status() + ": " + answer.error());
  }

  /** The failure of an item for which Synapse gave no answer in several batches. */
  public static Failure unanswered(
      String item, int target, boolean failsTarget, RuntimeException cause) {
    return new Failure(
        item,
        target,
        failsTarget,
        504,
        "M_UNKNOWN",
        "Synapse did not carry the call out: " + cause.getMessage());
  }
}
