package dev.bailiff.gateway;

import dev.bailiff.kafka.JobEventListener;
import dev.bailiff.thread.DaemonThreads;
import io.dropwizard.lifecycle.Managed;

/** Runs the listener to job events for as long as the gateway runs. */
final class EventThread implements Managed {
  private final JobEventListener listener;
  private final Thread thread;

  EventThread(JobEventListener listener) {
    this.listener = listener;
    this.thread = DaemonThreads.named("job-events").newThread(listener);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() throws InterruptedException {
    listener.close();
    thread.join(2_000);
  }
}
