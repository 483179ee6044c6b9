package dev.bailiff.gateway.job.follow;

import dev.bailiff.job.JobId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stream has still to send: of each job the newest state, of a bounded number of jobs.
 *
 * <p>A newer state takes the place of the older one in the order, and its mark. With a place at the
 * end a client could have the mark of another job before it, be cut off, and go on behind that mark
 * without this job.
 *
 * <p><b>Concurrency:</b> not thread-safe; {@link EventStream} has a lock.
 */
final class PendingChanges {
  private final int most;
  private final Map<JobId, Pending> newest = new LinkedHashMap<>();
  private boolean hasMissed;

  /**
   * A state to send.
   *
   * @param mark that of the oldest state that this one stands for
   */
  record Pending(JobChange change, long mark) {}

  PendingChanges(int most) {
    this.most = most;
  }

  void put(JobChange change) {
    var id = change.job().id();
    var known = newest.get(id);
    if (known != null) {
      if (known.change().job().version() < change.job().version()) {
        newest.put(id, new Pending(change, known.mark()));
      }
    } else if (newest.size() >= most) {
      hasMissed = true;
    } else {
      newest.put(id, new Pending(change, change.mark()));
    }
  }

  /** Notes that more changed than is here. */
  void miss() {
    hasMissed = true;
  }

  /** Whether something was missed since this was asked last. */
  boolean takeMissed() {
    var missed = hasMissed;
    hasMissed = false;
    return missed;
  }

  /** The next state to send; null if there is none. */
  @Nullable Pending take() {
    var all = newest.values().iterator();
    if (!all.hasNext()) {
      return null;
    }
    var first = all.next();
    all.remove();
    return first;
  }
}
