package dev.bailiff.standalone.terminal;

import dev.bailiff.text.VisibleText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Prints lines with whatever people wrote in them made visible, so that no reason or name moves the
 * cursor or begins a line. What draws, as bars do, prints without a line.
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
