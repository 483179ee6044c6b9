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
 * A process of its own for a test to start, watch, stop and kill, most often a JVM with the test's
 * classpath.
 *
 * <p>Its output goes to files below {@code target/children}, which stay for reading after a
 * failure. Closing it kills it.
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

  /** A JVM that will run this class's {@code main} with the classpath of the test. */
  public static Builder java(Class<?> main) {
    return new Builder(main.getSimpleName())
        .word(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .word("-cp")
        .word(System.getProperty("java.class.path"))
        .word("-Xmx256m")
        .word("-XX:TieredStopAtLevel=1") // starts in half the time; nobody measures in a child
        // javac has just made the code; to verify it takes an eighth of a start
        .word("-XX:+UnlockDiagnosticVMOptions")
        .word("-XX:-BytecodeVerificationRemote")
        .word("-XX:+UseSerialGC") // no threads of its own, where many children share few processors
        .word(main.getName());
  }

  /** Any program. */
  public static Builder program(Path program) {
    return new Builder(program.getFileName().toString()).word(program.toString());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has written to its standard output so far. */
  public String standardOutput() {
    return read(out);
  }

  /** What it has written to its standard error so far. */
  public String standardError() {
    return read(err);
  }

  /**
   * Waits for a line of either output that contains the text and gives the first such line.
   *
   * @throws AssertionError if it does not come in time or the process ends without it; with all
   *     output so far
   */
  public String awaitLine(String text, Duration limit) {
    try {
      return await("a line with '" + text + "'")
          .atMost(limit)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                boolean ended = !process.isAlive(); // asked first: all it wrote is then there
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
   * Waits for its end and gives the exit code: 128 plus the signal's number if a signal ended it.
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

  /** {@code kill -9}: the process has no chance to do anything. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGTERM: asks it to end. */
  public void terminate() {
    signal("TERM");
  }

  /** SIGINT, as Ctrl-C does. */
  public void interrupt() {
    signal("INT");
  }

  /** SIGSTOP: freezes it wherever it is, its connections and locks kept. */
  public void stop() {
    signal("STOP");
  }

  /** SIGCONT: goes on as if no time had passed. */
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

  /** What to start and with what; each call adds to it. */
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

    /** Adds an option of the JVM, such as {@code -Xmx512m}; it wins over ours. Only for a JVM. */
    public Builder jvmOption(String option) {
      words.add(words.indexOf("-XX:TieredStopAtLevel=1") + 1, option);
      return this;
    }

    /**
     * Lets every write to a file fail, its own output excepted, which goes through pipes. As on a
     * full disk files can be made, renamed and deleted, and none of them gets a byte. The limit on
     * the size of files, unlike a disk of one's own to fill, needs no rights.
     */
    public Builder withoutSpace() {
      jvmOption("-XX:-UsePerfData"); // a file of the JVM's own
      words.addAll(
          0,
          List.of(
              "bash",
              "-c",
              "exec > >(cat) 2> >(cat >&2); ulimit -f 0; exec \"$@\"",
              "without-space"));
      return this;
    }

    /** Runs it by another program, such as {@code nsenter}, that gives way to it. */
    public Builder by(List<String> program) {
      words.addAll(0, program);
      return this;
    }

    /** Puts classes before those of the test, to take the place of theirs. Only for a JVM. */
    public Builder classpathFirst(Path classes) {
      int at = words.indexOf("-cp") + 1;
      words.set(at, classes + File.pathSeparator + words.get(at));
      return this;
    }

    /** Sets a variable of the environment, which is otherwise the test's. */
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
