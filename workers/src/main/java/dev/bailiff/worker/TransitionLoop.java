package dev.bailiff.worker;

import dev.bailiff.duty.Duty;
import dev.bailiff.duty.DutyLoop;
import java.util.Optional;

/** Sends the transitions of jobs on request, on a thread that may wait for Kafka. */
final class TransitionLoop implements AutoCloseable {
  private final DutyLoop loop = new DutyLoop("transitions");
  private final Duty publisher;

  TransitionLoop(Duty publisher) {
    this.publisher = publisher;
  }

  /** Soon sends the transitions that are not sent yet. */
  void publishNow() {
    loop.runNow(publisher);
  }

  /** The current fault of the thread; empty if it works. */
  Optional<String> complaint() {
    return loop.complaint();
  }

  @Override
  public void close() {
    loop.close();
  }
}
