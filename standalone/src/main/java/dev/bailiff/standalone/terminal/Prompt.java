package dev.bailiff.standalone.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Asks the person at the terminal. */
public final class Prompt {
  /**
   * The launcher sets this property if a person types the input; Java 17 cannot check one stream
   * alone.
   */
  private static final String TYPED_PROPERTY = "bailiff.terminal.typed";

  private final BufferedReader input;

  public Prompt(BufferedReader input) {
    this.input = input;
  }

  /** Empty if nobody types the input of this process, or nobody sees what is written. */
  public static Optional<Prompt> ofProcess() {
    return Boolean.getBoolean(TYPED_PROPERTY)
        ? Optional.of(
            new Prompt(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))))
        : Optional.empty();
  }

  /**
   * Writes a question and waits for a line.
   *
   * @return the answer without spaces around it; empty at the end of the input
   */
  public String ask(PrintWriter err, String question) {
    err.print(question + " ");
    err.flush();
    try {
      return Optional.ofNullable(input.readLine()).map(String::strip).orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
