package dev.bailiff.schemas.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The key that somebody who mistyped one most likely meant. */
final class NearestKey {
  private NearestKey() {}

  /**
   * The key with the fewest changes of single characters; empty if all keys are quite different.
   */
  static Optional<String> of(String given, List<String> keys) {
    int most = Math.max(2, given.length() / 2);
    return keys.stream()
        .min(Comparator.comparingInt((String key) -> changes(given, key)))
        .filter(key -> changes(given, key) <= most);
  }

  /** Levenshtein's distance. */
  private static int changes(String from, String to) {
    var before = new int[to.length() + 1];
    for (int i = 0; i <= to.length(); i++) {
      before[i] = i;
    }
    for (int i = 1; i <= from.length(); i++) {
      var now = new int[to.length() + 1];
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[to.length()];
  }
}
