package dev.bailiff.gateway.job.upload;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One id a line. Blank lines, and blanks around an id, mean nothing. */
final class PlainFile implements TargetFile {
  private final BufferedReader lines;
  private long line;

  PlainFile(BufferedReader lines) {
    this.lines = lines;
  }

  @Override
  public @Nullable ArrivingTarget next() throws IOException {
    for (var text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (!text.isBlank()) {
        return ArrivingTarget.inLine(text.strip(), line);
      }
    }
    return null;
  }
}
