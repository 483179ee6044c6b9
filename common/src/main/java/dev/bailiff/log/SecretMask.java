package dev.bailiff.log;

import java.util.regex.Pattern;

/**
 * Hides text that looks like a secret in a line of a log. This is the second guard: no log line of
 * our code contains a secret, and {@link LibraryFloor} keeps libraries from logging their inputs.
 */
final class SecretMask {
  private static final String HIDDEN = "$1<hidden>";

  /** {@code Authorization: Bearer abc}, {@code Basic abc}. */
  private static final Pattern SCHEME =
      Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)[A-Za-z0-9._~+/=-]{8,}");

  /** {@code access_token=abc}, {@code "password": "abc"}, {@code password='abc'}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:token|password|passwd|secret|authorization)[\"']?\\s*[=:]\\s*[\"']?)"
              + "(?!<hidden>|null\\b|(?:bearer|basic)\\b)[^\\s\"'&,;}\\])]+");

  /** The key of a webhook's signatures, which the store has to have as it is. */
  private static final Pattern SIGNING_KEY = Pattern.compile("(whsec_)[A-Za-z0-9+/=]{8,}");

  private SecretMask() {}

  static String hide(String text) {
    var named = NAMED.matcher(SCHEME.matcher(text).replaceAll(HIDDEN)).replaceAll(HIDDEN);
    return SIGNING_KEY.matcher(named).replaceAll(HIDDEN);
  }
}
