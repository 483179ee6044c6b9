package dev.bailiff.duty;

import java.util.concurrent.ThreadFactory;

/** Makes threads that do not keep the process alive. */
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
}
