package dev.bailiff.worker;

import dev.bailiff.duty.Duty;
import dev.bailiff.duty.DutyLoop;
import java.util.Optional;

/** Sends the transitions of jobs when somebody asks for it, on a thread that may wait for Kafka. */
final class Transitions implements AutoCloseable {
  private final DutyLoop loop = new DutyLoop("transitions");
  private final Duty publisher;

  Transitions(Duty publisher) {
    this.publisher = publisher;
  }

  /** Sends soon what is not sent yet. */
  void publishNow() {
    loop.runNow(publisher);
  }

  /** The complaint about the thread now; empty if there is none. */
  Optional<String> complaint() {
    return loop.complaint();
  }

  @Override
  public void close() {
    loop.close();
  }
}
