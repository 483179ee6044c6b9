package dev.bailiff.gateway.request;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Undoes percent-encoding once. A {@code %} without two hexadecimal digits behind it stands for
 * itself.
 */
public final class PercentDecoding {

  private PercentDecoding() {}

  /** A path segment as text: {@code +} is a plus sign, bytes that are not UTF-8 become U+FFFD. */
  public static String pathSegment(String raw) {
    return new String(bytes(raw, false), StandardCharsets.UTF_8);
  }

  /** A name or value of a query as bytes: {@code +} is a space. */
  public static byte[] queryPart(String raw) {
    return bytes(raw, true);
  }

  private static byte[] bytes(String raw, boolean plusIsSpace) {
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      if (low >= 0) {
        out.write(high * 16 + low);
        i += 2;
      } else {
        out.write(in[i] == '+' && plusIsSpace ? ' ' : in[i]);
      }
    }
    return out.toByteArray();
  }
}
