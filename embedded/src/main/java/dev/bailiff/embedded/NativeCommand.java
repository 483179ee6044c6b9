package dev.bailiff.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A short program run to its end, its output collected.
 *
 * <p>Output goes through a temporary file and not a pipe: a server that the program leaves behind
 * would inherit the pipe and keep its reader waiting.
 */
final class NativeCommand {
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  private final List<String> words;
  private final Duration limit;

  private NativeCommand(List<String> words, Duration limit) {
    this.words = List.copyOf(words);
    this.limit = limit;
  }

  static NativeCommand of(String... words) {
    return new NativeCommand(List.of(words), DEFAULT_LIMIT);
  }

  static NativeCommand of(List<String> words) {
    return new NativeCommand(words, DEFAULT_LIMIT);
  }

  NativeCommand prefixedBy(List<String> prefix) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(words);
    return new NativeCommand(all, limit);
  }

  NativeCommand within(Duration newLimit) {
    return new NativeCommand(words, newLimit);
  }

  /**
   * Runs the program; an exit code other than 0 is a result, not an error.
   *
   * @throws EmbeddedServerException if it cannot be started or exceeds its time, after which it is
   *     killed
   */
  Result run() {
    Path output = null;
    try {
      output = Files.createTempFile("bailiff-", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(output.toFile());
      // messages are parsed and shown; the account's language must not change them
      builder.environment().put("LC_ALL", "C");
      Process process = builder.start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedServerException(
            words.get(0) + " did not end within " + limit.toSeconds() + " s");
      }
      return new Result(
          process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot run " + words.get(0) + ": " + FileFailure.inWords(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while running " + words.get(0), e);
    } finally {
      delete(output);
    }
  }

  /** The last line of a program's output. Most programs put the reason there. */
  static String lastLine(String output) {
    String text = output.strip();
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private static void delete(@Nullable Path output) {
    try {
      if (output != null) {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      output.toFile().deleteOnExit();
    }
  }

  /** The exit code of the program, and the output of both of its streams. */
  record Result(int exitCode, String output) {
    boolean ok() {
      return exitCode == 0;
    }
  }
}
