package dev.bailiff.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * The uses of tokens that the store has noted, each until noting it again would change something.
 * Until then the store is not asked to note it. This memory decides nothing else: each call reads
 * whether its token is valid.
 *
 * <p>The key is token and address, so a new session is noted at once. A full memory keeps the
 * latest uses; a forgotten use costs one statement.
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

  /** Whether the store would change nothing if it noted this use. */
  boolean isFresh(byte[] tokenSha256, String ip) {
    return fresh.getIfPresent(use(tokenSha256, ip)) != null;
  }

  /** Remembers that the store has noted this use, and would note it again after {@code left}. */
  void add(byte[] tokenSha256, String ip, Duration left) {
    fresh.put(use(tokenSha256, ip), left);
  }

  private static Use use(byte[] tokenSha256, String ip) {
    return new Use(HexFormat.of().formatHex(tokenSha256), ip);
  }
}
