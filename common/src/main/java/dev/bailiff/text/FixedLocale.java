package dev.bailiff.text;

import java.util.Locale;

/**
 * The locale of every process of ours, whatever the account's is. What we and our libraries format
 * is read by machines: Kafka names its files by numbers in the digits of the locale.
 */
public final class FixedLocale {
  private FixedLocale() {}

  /** To be called as the first thing of a process. */
  public static void set() {
    Locale.setDefault(Locale.ROOT);
  }
}
