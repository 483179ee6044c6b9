package dev.bailiff.gateway.request;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes of bodies that may be in memory at once, over all requests that share the budget. A {@link
 * BodyLimit} bounds each body. Many bodies at once would still use up the memory, since the objects
 * made of a body take several times its length.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class BodyBudget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most bytes; at least as many as one body may have, or that body is never read
   */
  public BodyBudget(long most) {
    this.most = most;
  }

  /** Takes these bytes if they are left. */
  boolean take(long bytes) {
    long before;
    do {
      before = taken.get();
      if (before + bytes > most) {
        return false;
      }
    } while (!taken.compareAndSet(before, before + bytes));
    return true;
  }

  void give(long bytes) {
    taken.addAndGet(-bytes);
  }
}
