package dev.bailiff.schemas.filter;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number of bytes as people write it, such as {@code 500} or {@code 10MB}. */
final class FilterSize {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}) ?([a-z]*)");

  /** As in the SI: a kilobyte has 1,000 bytes, a kibibyte 1,024. */
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  private FilterSize() {}

  /** The number of bytes; empty for any other text. */
  static Optional<Long> parse(String text) {
    var parts = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches() || !UNITS.containsKey(parts.group(2))) {
      return Optional.empty();
    }
    var bytes =
        new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(UNITS.get(parts.group(2))));
    return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
  }
}
