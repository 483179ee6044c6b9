package dev.bailiff.standalone.stack;

import com.codahale.metrics.MetricRegistry;
import dev.bailiff.duty.DaemonThreads;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker in a process of its own that joins the servers of a data folder. The worker waits while
 * they are down and goes on when they are up again, also at other ports.
 *
 * <p><b>Concurrency:</b> {@link #close()} from any thread, once.
 */
public final class JoinedWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JoinedWorker.class);
  private static final String NAME = "worker";

  /** The pause applies only while nothing is up, and each check reads one small file. */
  private static final long PAUSE_MILLIS = 500;

  private final DataFolder folder;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable RuntimeException failure;
  private RuntimeInfo joined;
  private StackWorker worker;

  private JoinedWorker(DataFolder folder, RuntimeInfo up) {
    this.folder = folder;
    this.joined = up;
    this.worker = StackWorker.join(folder, up, NAME, new MetricRegistry());
  }

  /**
   * Starts working.
   *
   * @param up the present content of {@code runtime.json}
   */
  public static JoinedWorker start(DataFolder folder, RuntimeInfo up) {
    var joined = new JoinedWorker(folder, up);
    DaemonThreads.named("stack-watch").newThread(joined::follow).start();
    return joined;
  }

  /**
   * Returns when the worker was closed.
   *
   * @throws RuntimeException if the worker could not join servers that came up at other addresses
   */
  public void awaitEnd() throws InterruptedException {
    closed.await();
    var ended = failure;
    if (ended != null) {
      throw ended;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    synchronized (this) {
      worker.close();
    }
  }

  private void follow() {
    RuntimeInfo seen = joined;
    while (closed.getCount() > 0) {
      Optional.ofNullable(seen.pid())
          .flatMap(ProcessHandle::of)
          .ifPresent(up -> up.onExit().join());
      LOG.info("nothing is up in {}: this worker waits", folder.path());
      Optional<RuntimeInfo> next = awaitUp();
      if (next.isPresent()) {
        seen = next.get();
        try {
          join(seen);
        } catch (RuntimeException e) {
          // Without a worker this process would live on and do nothing.
          failure = e;
          closed.countDown();
        }
      }
    }
  }

  private Optional<RuntimeInfo> awaitUp() {
    try {
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        Optional<RuntimeInfo> up = folder.runtime().filter(RuntimeInfo::isUp);
        if (up.isPresent()) {
          return up;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
    return Optional.empty();
  }

  private synchronized void join(RuntimeInfo up) {
    boolean same =
        up.postgres().equals(joined.postgres())
            && up.kafka().equals(joined.kafka())
            && Objects.equals(up.synapse(), joined.synapse());
    LOG.info("{} is up again{}", folder.path(), same ? "" : " at other addresses");
    joined = up;
    if (!same && closed.getCount() > 0) {
      worker.close();
      worker = StackWorker.start(folder, up, NAME, new MetricRegistry());
    }
  }
}
