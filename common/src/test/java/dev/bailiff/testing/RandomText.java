package dev.bailiff.testing;

import java.util.Random;

/**
 * Text without any order, the same in each run: the same letter again and again is stored
 * compressed, and fits where this does not.
 */
public final class RandomText {

  private RandomText() {}

  /** Letters and digits of ASCII. */
  public static String ofLength(int length) {
    var text = new StringBuilder(length);
    new Random(length)
        .ints('0', 'z' + 1)
        .filter(Character::isLetterOrDigit)
        .limit(length)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
