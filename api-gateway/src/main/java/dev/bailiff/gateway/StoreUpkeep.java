package dev.bailiff.gateway;

import dev.bailiff.homeserver.store.access.Connections;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.thread.DaemonThreads;
import dev.bailiff.thread.GuardedRound;
import io.dropwizard.lifecycle.Managed;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store needs now and then, whoever calls. Brings the summaries of rooms up to date: a
 * list of rooms does so itself, but jobs that change many rooms would leave notes without end where
 * nobody asks for lists. Deletes connections that are too old for whois: it does not show them, but
 * each address of each user would stay.
 */
final class StoreUpkeep implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);

  // A room that a job changes all the time is looked at so often and not more.
  private static final long PAUSE_SECONDS = 30;

  private final RoomSummaries summaries;
  private final Connections connections;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("store-upkeep"));
  private final GuardedRound round = new GuardedRound("store-upkeep", this::runOnce);

  StoreUpkeep(RoomSummaries summaries, Connections connections) {
    this.summaries = summaries;
    this.connections = connections;
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(round, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  void runOnce() {
    attempt("the summaries of rooms could not be brought up to date", summaries::refresh);
    attempt("old connections could not be deleted", connections::forgetOld);
  }

  /** What fails now is done the next time: it is found in the store again. */
  private static void attempt(String failed, Runnable duty) {
    try {
      duty.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", failed, e.toString());
    }
  }

  /** What is wrong with this loop now; empty if nothing is. */
  Optional<String> complaint() {
    return round.complaint();
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }
}
