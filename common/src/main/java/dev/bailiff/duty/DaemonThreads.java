package dev.bailiff.duty;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Makes threads that do not keep the process alive, and stops their executors. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** Makes threads that all have the same name, by which a thread dump shows their purpose. */
  public static ThreadFactory named(String name) {
    return task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Stops an executor after the tasks that it has.
   *
   * @param most how long to wait for these tasks; then they are interrupted
   */
  public static void stop(ExecutorService executor, Duration most) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(most.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
