package dev.bailiff.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.HexFormat;
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
  private static final int MOST = 10_000;

  private final Cache<Use, Duration> fresh;

  NotedUses(LongSupplier nanoTime) {
    this.fresh =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .ticker(nanoTime::getAsLong)
            .expireAfter(Expiry.writing((Use use, Duration left) -> left))
            .build();
  }

  private record Use(String token, String ip) {}

  /** Whether the store would note nothing. */
  boolean isFresh(byte[] tokenSha256, String ip) {
    return fresh.getIfPresent(use(tokenSha256, ip)) != null;
  }

  /** The store has noted this use, and notes it again after so long. */
  void add(byte[] tokenSha256, String ip, Duration left) {
    fresh.put(use(tokenSha256, ip), left);
  }

  private static Use use(byte[] tokenSha256, String ip) {
    return new Use(HexFormat.of().formatHex(tokenSha256), ip);
  }
}
