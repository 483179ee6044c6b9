package dev.bailiff.gateway.request;

import java.util.Arrays;
import java.util.Locale;

/**
 * The media types that a client asks for. Few calls have a choice: all others ignore the header, as
 * the API demands, so Jersey does not see it.
 *
 * @param header the values of {@code Accept}, joined by commas; empty if there is none
 */
public record AcceptedTypes(String header) {
  private static final double NONE = -1;

  /**
   * Whether the client wants the first type more than the other. Only a type that is named counts:
   * whoever takes anything gets the usual form.
   */
  public boolean prefer(String type, String other) {
    return quality(type) > Math.max(0, quality(other));
  }

  private double quality(String type) {
    return Arrays.stream(header.split(","))
        .map(range -> range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*"))
        .filter(range -> range[0].equals(type))
        .mapToDouble(AcceptedTypes::weight)
        .max()
        .orElse(NONE);
  }

  private static double weight(String[] range) {
    for (int i = 1; i < range.length; i++) {
      if (range[i].startsWith("q=")) {
        try {
          return Double.parseDouble(range[i].substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }
}
