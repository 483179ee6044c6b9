package dev.bailiff.gateway;

import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.thread.DaemonThreads;
import io.dropwizard.lifecycle.Managed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the summaries of rooms up to date now and then. A list of rooms does so itself; without
 * this one, jobs that change many rooms would leave notes without end where nobody asks for lists.
 */
final class SummaryRefresh implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(SummaryRefresh.class);

  // A room that a job changes all the time is looked at so often and not more.
  private static final long PAUSE_SECONDS = 30;

  private final RoomSummaries summaries;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("room-summaries"));

  SummaryRefresh(RoomSummaries summaries) {
    this.summaries = summaries;
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(this::runOnce, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  /** What fails now is done the next time: the notes stay. */
  void runOnce() {
    try {
      summaries.refresh();
    } catch (RuntimeException e) {
      LOG.warn("the summaries of rooms could not be brought up to date: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }
}
