package dev.bailiff.homeserver.synapse.batch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often an item was asked for in vain. An item of which Synapse says 500, or nothing, is
 * asked for in three batches before it fails. The count lives in the process: after a restart of
 * the worker an item has three more tries.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class Tries {
  private static final int MOST = 3;
  private static final long ITEMS = 100_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final Cache<String, AtomicInteger> tries =
      Caffeine.newBuilder().maximumSize(ITEMS).expireAfterWrite(KEPT).build();

  /** Counts one try. Returns whether it was the last. */
  public boolean isLast(String operation, String item) {
    var key = operation + ' ' + item;
    boolean last = tries.get(key, any -> new AtomicInteger()).incrementAndGet() >= MOST;
    if (last) {
      tries.invalidate(key);
    }
    return last;
  }
}
