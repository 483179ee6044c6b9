package dev.bailiff.gateway.auth;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which uses of tokens the store has noted, and until when noting them again would change nothing:
 * then the store need not be asked. It decides nothing else; whether a token is good is read for
 * each call.
 *
 * <p>By token and address, so that a new session begins anew. Of as many as fit the latest are
 * kept; one that is forgotten costs a statement.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class NotedUses {
  private final LongSupplier nanoTime;
  private final Map<Use, Long> freshUntil = new Latest<>();

  NotedUses(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  private record Use(String token, String ip) {}

  /** Whether the store would note nothing. */
  boolean isFresh(byte[] tokenSha256, String ip) {
    synchronized (freshUntil) {
      Long until = freshUntil.get(use(tokenSha256, ip));
      return until != null && until - nanoTime.getAsLong() > 0;
    }
  }

  /** The store has noted this use, and notes it again after so long. */
  void add(byte[] tokenSha256, String ip, Duration fresh) {
    synchronized (freshUntil) {
      freshUntil.put(use(tokenSha256, ip), nanoTime.getAsLong() + fresh.toNanos());
    }
  }

  private static Use use(byte[] tokenSha256, String ip) {
    return new Use(HexFormat.of().formatHex(tokenSha256), ip);
  }
}
