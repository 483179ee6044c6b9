package dev.bailiff.gateway.duty;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.kafka.JobEventListener;
import io.dropwizard.lifecycle.Managed;
import java.util.Optional;

/** Runs the listener to job events for as long as the gateway runs. */
public final class EventThread implements Managed {
  private final JobEventListener listener;
  private final Thread thread;

  public EventThread(JobEventListener listener) {
    this.listener = listener;
    this.thread = DaemonThreads.named("job-events").newThread(listener);
  }

  @Override
  public void start() {
    thread.start();
  }

  /** The current fault of the listener; empty if there is no fault. */
  public Optional<String> complaint() {
    return thread.isAlive() ? listener.complaint() : Optional.of("job events are not listened to");
  }

  @Override
  public void stop() throws InterruptedException {
    listener.close();
    thread.join(2_000);
  }
}
