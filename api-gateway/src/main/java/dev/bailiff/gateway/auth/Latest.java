package dev.bailiff.gateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was used last, as much as fits: the eldest gives way.
 *
 * <p><b>Concurrency:</b> not thread-safe; also reading changes the order.
 */
final class Latest<K, V> extends LinkedHashMap<K, V> {
  private static final int MOST = 10_000;

  Latest() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MOST;
  }
}
