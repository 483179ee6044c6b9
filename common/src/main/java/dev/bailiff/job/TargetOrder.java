package dev.bailiff.job;

/**
 * The order of a job's targets: that of their bytes in UTF-8, as PostgreSQL's collation "C". It is
 * also the order of their code points.
 */
public final class TargetOrder {

  private TargetOrder() {}

  /** Compares two ids as a comparator does. Makes no copy, as a job may have a million targets. */
  public static int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(rank(a), rank(b));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Places surrogates, of which code points above U+FFFF consist, behind all other chars. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
  }
}
