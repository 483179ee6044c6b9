package dev.bailiff.homeserver.synapse.batch;

import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import java.time.Duration;
import java.util.List;

/** What became of one item of a batch. */
public sealed interface Settlement {

  /** The item was changed. */
  record Done(List<Fact> facts, List<ListEntry> entries) implements Settlement {}

  /** The item needed nothing. */
  record Skipped(List<Fact> facts) implements Settlement {}

  /** The item cannot be done. */
  record Failed(Failure failure, List<Fact> facts) implements Settlement {}

  /** The item is not settled; asking again makes sense after a while. */
  record Open(Duration again) implements Settlement {}

  /** Changed, with nothing for the reply. */
  static Settlement done() {
    return new Done(List.of(), List.of());
  }

  /** Needed nothing, and nothing for the reply. */
  static Settlement skipped() {
    return new Skipped(List.of());
  }

  /** Failed, with nothing else for the reply. */
  static Settlement failed(Failure failure) {
    return new Failed(failure, List.of());
  }
}
