package dev.bailiff.benchmark.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time that processes have used, in milliseconds. */
public final class ProcessorTime {
  /** The unit of Linux's counts, regardless of the kernel's own clock rate. */
  private static final long TICK_MILLIS = 10;

  private static final Path PROC = Path.of("/proc");

  /**
   * Index of the time in user mode among the fields after the name in {@code /proc/PID/stat}, from
   * 0. The next fields are the time in the kernel and both times of children that have ended
   * (proc_pid_stat(5)).
   */
  private static final int USER_TIME = 11;

  private static final int OWN = 2;
  private static final int OWN_AND_OF_ENDED_CHILDREN = 4;

  private ProcessorTime() {}

  /** The processor time of all threads of this JVM. */
  public static double ofThisJvm() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean full
        ? full.getProcessCpuTime() / 1e6
        : 0;
  }

  /**
   * The processor time of a process, of its children, and of those of its children that have ended;
   * 0 without {@code /proc}.
   */
  public static double ofFamily(long pid) {
    if (!Files.exists(PROC)) {
      return 0;
    }
    try (Stream<ProcessHandle> children = ProcessHandle.of(pid).orElseThrow().children()) {
      long ticks =
          ticks(pid, OWN_AND_OF_ENDED_CHILDREN)
              + children.mapToLong(child -> ticks(child.pid(), OWN)).sum();
      return (double) ticks * TICK_MILLIS;
    }
  }

  private static long ticks(long pid, int places) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // The name is in brackets and may contain any character.
      String[] rest = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int place = USER_TIME; place < USER_TIME + places; place++) {
        ticks += Long.parseLong(rest[place]);
      }
      return ticks;
    } catch (IOException e) {
      return 0; // ended meanwhile
    }
  }
}
