package dev.bailiff.database;

/**
 * What PostgreSQL takes as text. Text out of events and requests may be something else, and a
 * statement to which that is bound fails.
 */
public final class PostgresText {

  private PostgresText() {}

  /** Whether it can be bound to a statement: no NUL, no half of a surrogate pair. */
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
