package dev.bailiff.gateway.duty;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.GuardedRound;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import dev.bailiff.homeserver.store.session.AccessTokens;
import dev.bailiff.homeserver.store.session.Connections;
import io.dropwizard.lifecycle.Managed;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Regular upkeep of the store, which would otherwise grow without end.
 *
 * <ul>
 *   <li>Brings the summaries of rooms up to date. A list of rooms does this too, but after jobs
 *       that change many rooms, notes would pile up where nobody asks for lists. The same holds for
 *       the numbers of accounts.
 *   <li>Deletes connections that are too old for whois, and access tokens that ran out long ago.
 * </ul>
 *
 * <p>While there is nothing to do, a gateway sends one query in half a minute.
 */
public final class StoreUpkeep implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);

  // A room that a job changes all the time is summed up once in this pause and no more often.
  private static final long PAUSE_SECONDS = 30;

  // Data that gets old in days is looked for every ten minutes.
  private static final int SELDOM = 20;

  private final RoomSummaries summaries;
  private final Accounts accounts;
  private final Connections connections;
  private final AccessTokens tokens;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("store-upkeep"));
  private final GuardedRound round = new GuardedRound("store-upkeep", this::runOnce);
  private int rounds;

  public StoreUpkeep(Jdbi jdbi, RoomSummaries summaries) {
    this.summaries = summaries;
    this.accounts = new Accounts(jdbi);
    this.connections = new Connections(jdbi);
    this.tokens = new AccessTokens(jdbi);
  }

  @Override
  public void start() {
    executor.scheduleWithFixedDelay(round, PAUSE_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  void runOnce() {
    attempt("the summaries of rooms could not be brought up to date", summaries::refresh);
    if (rounds++ % SELDOM == 0) {
      attempt("the numbers of accounts could not be summed up", accounts::foldCounts);
      attempt("old connections could not be deleted", connections::forgetOld);
      attempt("old access tokens could not be deleted", tokens::forgetExpired);
    }
  }

  /** A duty that fails now is done in a later round, which finds its work in the store again. */
  private static void attempt(String failed, Runnable duty) {
    try {
      duty.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", failed, e.toString());
    }
  }

  /** The current fault of this loop; empty if there is no fault. */
  public Optional<String> complaint() {
    return round.complaint();
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }
}
