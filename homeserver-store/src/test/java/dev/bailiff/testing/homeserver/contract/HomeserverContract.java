package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;

/**
 * The duties of every implementation of the port. Each feature has a subclass, and an
 * implementation's test gives each method a fixture of its own.
 */
public abstract class HomeserverContract {
  protected static final Target UNKNOWN_ROOM = new Target(3, "!unknown:elsewhere.example");

  protected abstract HomeserverFixture fixture();

  protected final Homeserver homeserver() {
    return fixture().homeserver();
  }

  protected final boolean promises(Promise promise) {
    return fixture().promises().contains(promise);
  }

  /** All that the verdicts found. */
  protected static List<String> left(List<Verdict> verdicts) {
    return verdicts.stream().flatMap(verdict -> verdict.leftOver().stream()).toList();
  }

  /** A commit whose lease was lost: it neither fences nor records. */
  protected static BatchCommit lost(RuntimeException failure) {
    return new BatchCommit() {
      @Override
      public void fence() {
        throw failure;
      }

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        throw failure;
      }
    };
  }

  /** A commit that cannot record what was done. */
  protected static BatchCommit unrecorded(RuntimeException failure) {
    return new BatchCommit() {
      @Override
      public void fence() {}

      @Override
      public BatchOutcome record(BatchOutcome outcome) {
        throw failure;
      }
    };
  }
}
