package dev.bailiff.testing.process;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A separate process that a test starts, watches, stops and kills, most often a JVM with the test's
 * classpath.
 *
 * <p>Its output goes to files below {@code target/children}, which are kept for reading after a
 * failure. Closing this object kills the process.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Path FOLDER = Path.of("target", "children");

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Builds a JVM that runs this class's {@code main} with the classpath of the test. */
  public static Builder java(Class<?> main) {
    return new Builder(main.getSimpleName())
        .word(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .word("-cp")
        .word(System.getProperty("java.class.path"))
        .word("-Xmx256m")
        .word("-XX:TieredStopAtLevel=1") // starts in half the time; nobody measures in a child
        // the code comes straight from javac, and verifying it takes an eighth of a start
        .word("-XX:+UnlockDiagnosticVMOptions")
        .word("-XX:-BytecodeVerificationRemote")
        .word("-XX:+UseSerialGC") // starts no threads, as many children share few processors
        .word(main.getName());
  }

  /** Builds a process of any program. */
  public static Builder program(Path program) {
    return new Builder(program.getFileName().toString()).word(program.toString());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The text written to standard output so far. */
  public String standardOutput() {
    return read(out);
  }

  /** The text written to standard error so far. */
  public String standardError() {
    return read(err);
  }

  /**
   * Waits for a line of either output that contains the text, and returns the first one.
   *
   * @throws AssertionError if no such line comes in time or the process ends without it; the
   *     message has all output so far
   */
  public String awaitLine(String text, Duration limit) {
    try {
      return await("a line with '" + text + "'")
          .atMost(limit)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                boolean ended = !process.isAlive(); // first, so that all output is there
                Optional<String> line = find(text);
                if (line.isEmpty() && ended) {
                  throw new AssertionError(
                      "ended with " + process.exitValue() + " and no '" + text + "': " + output());
                }
                return line;
              },
              Optional::isPresent)
          .orElseThrow();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + ": " + output(), e);
    }
  }

  /**
   * Waits for the end of the process and returns its exit code: 128 plus the signal's number if a
   * signal ended it.
   */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit + ": " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * Kills the process as {@code kill -9} does, so that it cannot react. Returns when the process is
   * gone.
   */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** Sends SIGTERM, which asks the process to end. */
  public void terminate() {
    signal("TERM");
  }

  /** Sends SIGINT, as Ctrl-C does. */
  public void interrupt() {
    signal("INT");
  }

  /** Sends SIGSTOP, which freezes the process at any point; it keeps its connections and locks. */
  public void stop() {
    signal("STOP");
  }

  /** Sends SIGCONT: a frozen process goes on as if no time had passed. */
  public void resume() {
    signal("CONT");
  }

  @Override
  public void close() {
    kill();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private Optional<String> find(String text) {
    return output().lines().filter(line -> line.contains(text)).findFirst();
  }

  private String output() {
    return standardOutput() + standardError();
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command to start, with its environment; each call adds to it. */
  public static final class Builder {
    private final String name;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    /** Adds arguments. */
    public Builder args(Object... arguments) {
      for (Object argument : arguments) {
        words.add(argument.toString());
      }
      return this;
    }

    /**
     * Adds an option of the JVM, such as {@code -Xmx512m}, which overrides ours. Only for a JVM.
     */
    public Builder jvmOption(String option) {
      words.add(words.indexOf("-XX:TieredStopAtLevel=1") + 1, option);
      return this;
    }

    /**
     * Makes every write to a file fail, except those of standard output and error, which go through
     * pipes. As on a full disk, files can be made, renamed and deleted, and no byte can be written
     * to them. A limit on the size of files has this effect and needs no rights, unlike a small
     * disk to be filled.
     */
    public Builder withoutSpace() {
      jvmOption("-XX:-UsePerfData"); // keeps the JVM from writing a file of its own
      words.addAll(
          0,
          List.of(
              "bash",
              "-c",
              "exec > >(cat) 2> >(cat >&2); ulimit -f 0; exec \"$@\"",
              "without-space"));
      return this;
    }

    /**
     * Runs the process by another program, such as {@code nsenter}, that replaces itself with the
     * process.
     */
    public Builder by(List<String> program) {
      words.addAll(0, program);
      return this;
    }

    /** Puts classes before those of the test on the classpath, to replace them. Only for a JVM. */
    public Builder classpathFirst(Path classes) {
      int at = words.indexOf("-cp") + 1;
      words.set(at, classes + File.pathSeparator + words.get(at));
      return this;
    }

    /** Sets a variable of the environment; the other variables are those of the test. */
    public Builder env(String variable, String value) {
      environment.put(variable, value);
      return this;
    }

    public ChildProcess start() {
      try {
        Files.createDirectories(FOLDER);
        Path out = Files.createTempFile(FOLDER, name + "-", ".out");
        Path err = Path.of(out.toString().replaceAll("out$", "err"));
        ProcessBuilder builder =
            new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new ChildProcess(builder.start(), out, err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Builder word(String word) {
      words.add(word);
      return this;
    }
  }
}
