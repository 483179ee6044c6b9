package dev.bailiff.benchmark.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Processor time that processes have used, in milliseconds. */
public final class ProcessorTime {
  /** What Linux counts in, whatever the kernel's own clock does. */
  private static final long TICK_MILLIS = 10;

  private static final Path PROC = Path.of("/proc");

  /**
   * Place behind the name in {@code /proc/PID/stat}, from 0, of the time in user mode. Behind it
   * come that in the kernel and both of children that have ended (proc_pid_stat(5)).
   */
  private static final int USER_TIME = 11;

  private static final int OWN = 2;
  private static final int OWN_AND_OF_ENDED_CHILDREN = 4;

  private ProcessorTime() {}

  /** Of this JVM, all its threads. */
  public static double ofThisJvm() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean full
        ? full.getProcessCpuTime() / 1e6
        : 0;
  }

  /**
   * Of a process, of its children, and of those of its children that have ended; 0 where there is
   * no {@code /proc}.
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
      // The name stands in brackets and may hold anything.
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
