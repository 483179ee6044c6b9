package dev.bailiff.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HexFormat;

/**
 * Tokens that were found among the operators' lately, so that they are looked for there first. A
 * token is never in both places, as both are random; whether it is good is read for each call.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class KnownOperators {
  private static final int MOST = 10_000;

  private final Cache<String, Boolean> latest = Caffeine.newBuilder().maximumSize(MOST).build();

  boolean contains(byte[] tokenSha256) {
    return latest.getIfPresent(HexFormat.of().formatHex(tokenSha256)) != null;
  }

  void add(byte[] tokenSha256) {
    latest.put(HexFormat.of().formatHex(tokenSha256), true);
  }
}
