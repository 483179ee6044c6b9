package dev.bailiff.benchmark.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A submission as lines of JSON, made while it is sent. Its targets come in no order.
 *
 * @param targets how many
 */
public record TargetLines(int targets) {
  private static final String REQUEST =
      "{\"kind\":\"deactivate-users\",\"parameters\":{\"erase\":true},\"reason\":\"spam\"}\n";

  /** Has no factor in common with a power of ten, so that no target comes twice. */
  private static final long STRIDE = 7_919_393;

  /** Makes all numbers equally long. */
  private static final long NUMBERS = 1_000_000_000L;

  /** The n-th target to arrive. */
  public String target(int n) {
    // A format would take longer than the server does.
    var digits = Long.toString(NUMBERS + n * STRIDE % targets).substring(1);
    return "@user-" + digits + ":bench.example";
  }

  private String line(int n) {
    return "\"" + target(n) + "\"\n";
  }

  /** Bytes of the whole. */
  public long length() {
    return REQUEST.length() + (long) targets * line(0).length();
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    for (int n = 0; n < targets; n++) {
      out.write(line(n).getBytes(StandardCharsets.US_ASCII));
    }
  }
}
