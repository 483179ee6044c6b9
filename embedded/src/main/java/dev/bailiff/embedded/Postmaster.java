package dev.bailiff.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The server process of one data folder. Only {@code postmaster.pid} identifies the process,
 * because the process is a daemon and outlives the JVM that started it.
 */
final class Postmaster {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);

  private final Path data;
  private final Path pidFile;

  Postmaster(Path data) {
    this.data = data;
    this.pidFile = data.resolve("postmaster.pid");
  }

  /**
   * The process that serves this folder now. A dead process does not count, nor does a foreign
   * process with the same number.
   */
  OptionalLong running() {
    OptionalLong pid = pid();
    return pid.isPresent() && serves(pid.getAsLong()) ? pid : OptionalLong.empty();
  }

  /**
   * Ends the server if it runs, and rolls open transactions back. A server that still runs after
   * the limit is ended at once.
   *
   * @return false if no server ran
   */
  boolean stop(Duration limit) {
    OptionalLong running = running();
    if (running.isEmpty()) {
      return false;
    }
    long pid = running.getAsLong();
    ProcessTable.signal(pid, "INT"); // PostgreSQL's "fast shutdown"
    if (!ended(pid, limit)) {
      stopAtOnce();
    }
    return true;
  }

  /** Ends the server without a checkpoint, as a power cut would; the next start replays its log. */
  void stopAtOnce() {
    OptionalLong running = running();
    if (running.isPresent()) {
      long pid = running.getAsLong();
      ProcessTable.signal(pid, "QUIT");
      if (!ended(pid, KILL_LIMIT)) {
        ProcessTable.signal(pid, "KILL");
        ended(pid, KILL_LIMIT);
      }
    }
  }

  /**
   * Makes the folder startable after a {@code kill -9} of any process that used it: stops the
   * orphaned server, ends the remaining processes of a killed server, and removes a pid file whose
   * number belongs to a zombie or to a foreign process. The caller holds the folder's lock. A pid
   * file whose process no longer exists is left to PostgreSQL, which checks shared memory as well.
   */
  void recover(Duration limit) {
    stop(limit);
    for (long pid : ProcessTable.workingIn(data)) {
      ProcessTable.signal(pid, "QUIT");
      if (!ended(pid, KILL_LIMIT)) {
        throw new EmbeddedServerException(
            "process " + pid + " still works in " + data + " and does not end");
      }
    }
    OptionalLong pid = pid();
    if (pid.isPresent() && ProcessHandle.of(pid.getAsLong()).isPresent()) {
      try {
        Files.deleteIfExists(pidFile);
      } catch (IOException e) {
        throw new EmbeddedServerException(
            "cannot delete " + pidFile + ": " + FileFailure.inWords(e), e);
      }
    }
  }

  private boolean serves(long pid) {
    return ProcessTable.isRunning(pid) && ProcessTable.hasOption(pid, "-D", data.toString());
  }

  private OptionalLong pid() {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(lines.get(0).strip()));
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty(); // no server, or one that died while it started
    }
  }

  private static boolean ended(long pid, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (ProcessTable.isRunning(pid)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedServerException("interrupted while process " + pid + " was ending", e);
      }
    }
    return true;
  }
}
