package dev.bailiff.gateway.server;

import dev.bailiff.gateway.request.PercentDecoding;
import java.util.ArrayList;
import java.util.List;

/**
 * Hides the secret or personal parts of a path: registration tokens, which open an account to
 * anybody who knows one, and the addresses of third-party ids. Paths that are not served are masked
 * too, as a mistyped path holds the same parts.
 */
public final class PathMask {
  private static final String HIDDEN = "<hidden>";

  private PathMask() {}

  /**
   * The path with query in a form that may be shown.
   *
   * @param pathQuery as sent; the query stays as it is
   */
  public static String hide(String pathQuery) {
    int question = pathQuery.indexOf('?');
    var path = question < 0 ? pathQuery : pathQuery.substring(0, question);
    var shown = String.join("/", hidden(List.of(path.split("/", -1))));
    return question < 0 ? shown : shown + pathQuery.substring(question);
  }

  private static List<String> hidden(List<String> segments) {
    int secretFrom = segments.size();
    var shown = new ArrayList<String>();
    for (int i = 0; i < segments.size(); i++) {
      var segment = segments.get(i);
      shown.add(i < secretFrom || segment.isEmpty() ? segment : HIDDEN);
      if (isTokens(segments, i) || isThreepidUsers(segments, i)) {
        secretFrom = Math.min(secretFrom, i + 1);
      }
    }
    return shown;
  }

  /** {@code …/registration_tokens/<token>}, except {@code new}, which is no token. */
  private static boolean isTokens(List<String> segments, int i) {
    boolean makesNew = i + 2 == segments.size() && segments.get(i + 1).equals("new");
    return is(segments, i, "registration_tokens") && !makesNew;
  }

  /** {@code …/threepid/<medium>/users/<address>}. */
  private static boolean isThreepidUsers(List<String> segments, int i) {
    return i >= 2 && is(segments, i, "users") && is(segments, i - 2, "threepid");
  }

  private static boolean is(List<String> segments, int i, String name) {
    return PercentDecoding.pathSegment(segments.get(i)).equalsIgnoreCase(name);
  }
}
