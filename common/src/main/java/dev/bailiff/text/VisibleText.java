package dev.bailiff.text;

import java.util.Locale;

/**
 * Makes text of people safe to show. A character that moves the cursor, changes colours, starts a
 * line or turns the direction of text is replaced by an escape such as {@code \u001b}. A reader
 * then sees all characters of the text, and one line stays one line. The escapes are those of JSON,
 * so that JSON keeps its meaning.
 */
public final class VisibleText {
  /** Zero-width non-joiner and joiner: parts of words in many scripts, and of emoji. */
  private static final String JOINERS = "\u200c\u200d";

  private VisibleText() {}

  /** The text with control and format characters escaped; the same object if it has none. */
  public static String of(String text) {
    int i = 0;
    while (i < text.length() && isVisible(text, i)) {
      i += Character.charCount(text.codePointAt(i));
    }
    if (i == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, i);
    while (i < text.length()) {
      int length = Character.charCount(text.codePointAt(i));
      if (isVisible(text, i)) {
        shown.append(text, i, i + length);
      } else {
        text.substring(i, i + length).chars().forEach(c -> shown.append(escaped(c)));
      }
      i += length;
    }
    return shown.toString();
  }

  private static boolean isVisible(String text, int at) {
    int c = text.codePointAt(at);
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> JOINERS.indexOf(c) >= 0;
      default -> true;
    };
  }

  private static String escaped(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> String.format(Locale.ROOT, "\\u%04x", c);
    };
  }
}
