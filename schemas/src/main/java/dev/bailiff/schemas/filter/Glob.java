package dev.bailiff.schemas.filter;

import java.util.Locale;

/**
 * A text in which {@code *} stands for any number of characters, and {@code ?} for one. It is
 * compared with whole texts.
 *
 * @param anyCase whether upper and lower case count as the same: in names, but not in ids
 */
public record Glob(String text, boolean anyCase) {

  /** The beginning that all texts have which match; of a glob in any case, there is none. */
  public String prefix() {
    if (anyCase) {
      return "";
    }
    int end = 0;
    while (end < text.length() && !isWildcard(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  /** Whether the glob is a whole text, without a wildcard. */
  public boolean isWhole() {
    return text.chars().noneMatch(unit -> isWildcard((char) unit));
  }

  /** The pattern for {@code like} in SQL, with {@code \} as the escape character. */
  public String likePattern() {
    var pattern = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '*' -> pattern.append('%');
                case '?' -> pattern.append('_');
                case '%', '_', '\\' -> pattern.append('\\').appendCodePoint(point);
                default -> pattern.appendCodePoint(point);
              }
            });
    return pattern.toString();
  }

  /** Whether a text matches. Takes no longer than the product of both lengths. */
  public boolean matches(String other) {
    return matches(points(text), points(other));
  }

  private int[] points(String of) {
    return (anyCase ? of.toLowerCase(Locale.ROOT) : of).codePoints().toArray();
  }

  /** Goes back to the last {@code *} alone, so that no glob of a client can take long. */
  private static boolean matches(int[] glob, int[] other) {
    int at = 0;
    int star = -1;
    int begun = 0;
    for (int i = 0; i < other.length; ) {
      if (at < glob.length && glob[at] == '*') {
        star = at++;
        begun = i;
      } else if (at < glob.length && (glob[at] == '?' || glob[at] == other[i])) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++begun;
      } else {
        return false;
      }
    }
    while (at < glob.length && glob[at] == '*') {
      at++;
    }
    return at == glob.length;
  }

  private static boolean isWildcard(char unit) {
    return unit == '*' || unit == '?';
  }

  @Override
  public String toString() {
    return text;
  }
}
