package dev.bailiff.text;

import java.util.Locale;

/**
 * The locale of every process of ours. It does not depend on the locale of the user account.
 * Machines read the texts that we and our libraries format: for example, Kafka writes the numbers
 * in its file names in the digits of the locale.
 */
public final class FixedLocale {
  private FixedLocale() {}

  /** Must be called before anything else in a process. */
  public static void set() {
    Locale.setDefault(Locale.ROOT);
  }
}
