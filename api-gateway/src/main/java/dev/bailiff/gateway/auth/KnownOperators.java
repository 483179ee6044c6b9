package dev.bailiff.gateway.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HexFormat;

/**
 * Tokens that were recently found among the operators' tokens. Later calls look for them there
 * first. No token is both an operator's and a user's, as both are random. Each call reads whether
 * its token is valid.
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
