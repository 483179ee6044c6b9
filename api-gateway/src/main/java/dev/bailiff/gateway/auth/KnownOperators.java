package dev.bailiff.gateway.auth;

import java.util.HexFormat;
import java.util.Map;

/**
 * Tokens that were found among the operators' lately, so that they are looked for there first. A
 * token is never in both places, as both are random; whether it is good is read for each call.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
final class KnownOperators {
  private final Map<String, Boolean> latest = new Latest<>();

  boolean contains(byte[] tokenSha256) {
    synchronized (latest) {
      return latest.getOrDefault(HexFormat.of().formatHex(tokenSha256), false);
    }
  }

  void add(byte[] tokenSha256) {
    synchronized (latest) {
      latest.put(HexFormat.of().formatHex(tokenSha256), true);
    }
  }
}
