package dev.bailiff.benchmark.measure;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how much heap of this process is in use at most, without garbage: it collects all the
 * time. Nothing can be timed beside it. For use by one thread.
 */
public final class LiveHeap implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final double MEGABYTE = 1024 * 1024;

  private final long idle = used();
  private final Thread collecting = new Thread(this::collect, "live-heap");
  private volatile boolean closed;
  private volatile long most;

  public LiveHeap() {
    collecting.start();
  }

  private void collect() {
    while (!closed) {
      most = Math.max(most, used());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The most that was in use so far above what was in use at the beginning. */
  public double megabytesAboveIdle() {
    return Math.max(0, most - idle) / MEGABYTE;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    collecting.join();
  }
}
