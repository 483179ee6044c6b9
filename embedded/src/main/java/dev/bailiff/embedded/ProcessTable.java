package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Facts about processes that are not our children: from {@code /proc} on Linux, from {@code ps}
 * elsewhere.
 *
 * <p>{@link ProcessHandle#isAlive()} will not do: it returns true for a process that is dead but
 * not yet reaped. Reaping takes seconds on many systems and never happens in a container without an
 * init process.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final boolean HAS_PROC = Files.exists(PROC.resolve("self/stat"));

  private ProcessTable() {}

  /** True if the process exists and is no zombie. */
  static boolean isRunning(long pid) {
    if (!HAS_PROC) {
      return ps(pid, "state").filter(state -> !state.startsWith("Z")).isPresent();
    }
    // "pid (name) S ...": the name may hold spaces and brackets, so look behind its last bracket
    Optional<String> stat = read(PROC.resolve(pid + "/stat"));
    return stat.map(s -> s.substring(s.lastIndexOf(')') + 1).strip())
        .filter(s -> !s.isEmpty() && s.charAt(0) != 'Z' && s.charAt(0) != 'X')
        .isPresent();
  }

  /**
   * Whether the process was started with this option and exactly this value after it: the path of
   * one folder may be a part of another's. False if the process is gone or hidden.
   */
  static boolean hasOption(long pid, String option, String value) {
    if (!HAS_PROC) {
      // ps separates words by spaces; ours is the last option
      return ps(pid, "command").filter(s -> s.endsWith(" " + option + " " + value)).isPresent();
    }
    List<String> words =
        read(PROC.resolve(pid + "/cmdline")).map(s -> List.of(s.split("\0"))).orElse(List.of());
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() && words.get(at + 1).equals(value);
  }

  /**
   * The running processes whose working directory is this folder, as it is for each PostgreSQL
   * process with its data; empty without /proc.
   */
  static List<Long> workingIn(Path folder) {
    List<Long> found = new ArrayList<>();
    if (!HAS_PROC) {
      return found;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (worksIn(process, folder) && isRunning(pid)) {
          found.add(pid);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedServerException("cannot list the processes: " + FileFailure.inWords(e), e);
    }
    return found;
  }

  /**
   * Sends a signal such as {@code INT}; a process that is gone is fine. Every system has the
   * shell's own kill. The output goes to no file, because a full disk may be the reason for the
   * signal.
   */
  static void signal(long pid, String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "cannot run the program sh to end process " + pid + ": " + FileFailure.inWords(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while process " + pid + " was ending", e);
    }
  }

  private static boolean worksIn(Path process, Path folder) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
    } catch (IOException e) {
      return false; // ended meanwhile, or belongs to another user
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> ps(long pid, String column) {
    NativeCommand.Result result =
        NativeCommand.of("ps", "-o", column + "=", "-p", Long.toString(pid)).run();
    return Optional.of(result.output().strip()).filter(s -> result.ok() && !s.isEmpty());
  }
}
