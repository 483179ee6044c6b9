package dev.bailiff.standalone.terminal;

import dev.bailiff.text.VisibleText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Prints lines with control characters made visible, so that no text of a user moves the cursor or
 * begins a line. Drawings such as bars are printed by other methods than {@code println}.
 */
final class VisibleStream extends PrintStream {
  VisibleStream(OutputStream out) {
    super(out, true, StandardCharsets.UTF_8);
  }

  @Override
  public void println(@Nullable String line) {
    super.println(VisibleText.of(String.valueOf(line)));
  }

  @Override
  public void println(@Nullable Object line) {
    println(String.valueOf(line));
  }
}
