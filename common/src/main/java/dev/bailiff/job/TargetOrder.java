package dev.bailiff.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of a job's targets: that of their bytes in UTF-8, as PostgreSQL's collation "C". */
public final class TargetOrder {

  private TargetOrder() {}

  /** Compares two ids as a comparator does. */
  public static int compare(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
