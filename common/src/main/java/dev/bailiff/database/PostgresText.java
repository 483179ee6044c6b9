package dev.bailiff.database;

/**
 * The texts that PostgreSQL accepts. Events and requests may contain other texts, and a statement
 * to which one of those is bound fails.
 */
public final class PostgresText {

  private PostgresText() {}

  /** Whether a text can be bound to a statement: no NUL, no half of a surrogate pair. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
