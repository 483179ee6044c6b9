package dev.bailiff.benchmark.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/**
 * The machine of a measurement.
 *
 * @param cores that this process may use
 * @param memoryGib of the whole machine, rounded; 0 if unknown
 * @param loadAverage of the last minute before the run, not counting the run itself; negative if
 *     unknown. Absolute figures hold for an idle machine
 * @param startedAt when the run began
 */
public record Machine(
    int cores, long memoryGib, String java, String os, double loadAverage, String startedAt) {

  public static Machine now(Instant startedAt) {
    var os = ManagementFactory.getOperatingSystemMXBean();
    long bytes = os instanceof OperatingSystemMXBean full ? full.getTotalMemorySize() : 0;
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Math.round(bytes / (double) (1L << 30)),
        Runtime.version().toString(),
        os.getName() + " " + os.getArch(),
        os.getSystemLoadAverage(),
        startedAt.toString());
  }
}
