package dev.bailiff.worker.maintain;

import dev.bailiff.duty.DaemonThreads;
import dev.bailiff.duty.Pulse;
import dev.bailiff.job.store.DutyTerms;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one of all workers do the duties (decision 0036), so that the cost of the duties does not
 * grow with the number of workers. The leader asks the store twice a second, in one statement,
 * whether anything is due. Kafka names one of the other workers. Only this one checks whether the
 * leader is still there.
 *
 * <p>A worker that is cut off from Kafka does not lead, because its commands would not arrive. If
 * nobody leads, such workers take turns, ten seconds apart, and each does one round.
 */
public final class DutyLeader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DutyLeader.class);

  /**
   * Time between two rounds. Commands that are published again are late by about this time, and so
   * are events of jobs.
   */
  private static final int ROUND_MILLIS = 500;

  /**
   * Random difference between rounds. Slots wait for commands half a second at a time as well. With
   * equal rounds the same slot would be first each time, and a command that its worker does not
   * know would never reach a worker that knows it.
   */
  private static final int SPREAD_MILLIS = 50;

  /** Every second round also asks for leases and settling. */
  private static final int ALL_IN = 2;

  /** Every twentieth round, about every ten seconds, checks the database's clock. */
  private static final int CLOCK_IN = 20;

  /** Time between two checks of its own standing by a worker that has nothing to ask the store. */
  private static final Duration STANDING = Duration.ofSeconds(1);

  /**
   * A leader forgets a return of Kafka that is older than this: the leader of that time has seen
   * it.
   */
  private static final Duration REMEMBERED = Duration.ofSeconds(60);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  private final DutyTerms terms;
  private final Duties duties;
  private final Supplier<Standing> standing;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("duties"));

  private final Pulse pulse = new Pulse("duties");
  private OptionalLong term = OptionalLong.empty();
  private long rounds;
  private long nextLook;
  private boolean hasTurn;
  private volatile boolean looksAtOnce = true;
  private volatile boolean leading;
  private volatile OptionalLong kafkaCameBack = OptionalLong.empty();

  /** The part that Kafka gives a worker that does not lead. */
  public enum Standing {
    /** The worker checks whether there is a leader. */
    WATCHES,
    /** Another worker checks. */
    RESTS,
    /** Kafka does not answer. */
    CUT_OFF
  }

  /**
   * @param standing asked before each step, on the leader's thread
   * @param nanoTime as of {@link System#nanoTime()}
   */
  public DutyLeader(
      DutyTerms terms, Duties duties, Supplier<Standing> standing, LongSupplier nanoTime) {
    this.terms = terms;
    this.duties = duties;
    this.standing = standing;
    this.nanoTime = nanoTime;
    this.nextLook = nanoTime.getAsLong();
  }

  /** Starts the steps; the first one looks for a leader. */
  public void start() {
    executor.execute(this::stepAndGoOn);
  }

  /** Whether this worker leads, as far as it knows. */
  public boolean isLeading() {
    return leading;
  }

  /** Takes the next step now, because the standing may have changed. */
  public void runNow() {
    if (!executor.isShutdown()) {
      executor.execute(this::guardedStep);
    }
  }

  /**
   * Notes that Kafka is back, perhaps empty. With its next step this worker looks whether there is
   * a leader. The leader publishes all ready commands again.
   */
  public void kafkaCameBack() {
    kafkaCameBack = OptionalLong.of(nanoTime.getAsLong());
    looksAtOnce = true;
  }

  /**
   * Takes one step: the leader does a round of the duties, the worker that Kafka named looks for a
   * leader, all others do nothing.
   *
   * @return the wait until the next step
   */
  Duration runOnce() {
    var now = standing.get();
    if (term.isPresent()) {
      return now == Standing.CUT_OFF ? stepDown() : round(term.getAsLong());
    }
    if (looksAtOnce) {
      return look();
    }
    return switch (now) {
      case WATCHES -> untilNextLook().isZero() ? look() : untilNextLook();
      case RESTS -> rest();
      case CUT_OFF -> takeTurn();
    };
  }

  private Duration round(long current) {
    boolean all = rounds++ % ALL_IN == 0;
    var due = terms.renew(current, all);
    if (due.isEmpty()) {
      LOG.info("another worker leads the duties now, this one did in term {}", current);
      lead(OptionalLong.empty());
      return Duration.ZERO;
    }
    publishAllAgain();
    if (rounds % CLOCK_IN == 0) {
      duties.lookAtClock();
    }
    return duties.run(due.get()) ? Duration.ZERO : untilNextRound();
  }

  private static Duration untilNextRound() {
    var random = ThreadLocalRandom.current();
    return Duration.ofMillis(
        random.nextInt(ROUND_MILLIS - SPREAD_MILLIS, ROUND_MILLIS + SPREAD_MILLIS + 1));
  }

  private void publishAllAgain() {
    var since = kafkaCameBack;
    if (since.isPresent()) {
      if (nanoTime.getAsLong() - since.getAsLong() < REMEMBERED.toNanos()) {
        duties.publishAllAgain();
      }
      kafkaCameBack = OptionalLong.empty();
    }
  }

  private Duration look() {
    var found = terms.look();
    looksAtOnce = false;
    nextLook = nanoTime.getAsLong() + found.left().toNanos();
    if (found.term().isEmpty()) {
      if (standing.get() != Standing.WATCHES) {
        terms.close();
      }
      return found.left();
    }
    LOG.info("this worker leads the duties, in term {}", found.term().getAsLong());
    lead(found.term());
    return Duration.ZERO;
  }

  /** Gives the connection back, as nobody needs the store meanwhile. */
  private Duration rest() {
    terms.close();
    hasTurn = false;
    nextLook = nanoTime.getAsLong();
    return STANDING;
  }

  private Duration stepDown() {
    LOG.info("this worker leads the duties no more, as it is cut off from Kafka");
    terms.release(term.getAsLong());
    lead(OptionalLong.empty());
    return Duration.ZERO;
  }

  private Duration takeTurn() {
    if (hasTurn && !untilNextLook().isZero()) {
      return shorter(untilNextLook(), STANDING);
    }
    if (hasTurn) {
      var found = terms.look();
      if (found.term().isPresent()) {
        long turn = found.term().getAsLong();
        terms.renew(turn, true).ifPresent(duties::runWithoutKafka);
        terms.release(turn);
      }
    }
    nextLook = nanoTime.getAsLong() + terms.takeTurn().toNanos();
    hasTurn = true;
    terms.close();
    return STANDING;
  }

  private Duration untilNextLook() {
    return Duration.ofNanos(Math.max(0, nextLook - nanoTime.getAsLong()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void lead(OptionalLong now) {
    term = now;
    leading = now.isPresent();
    nextLook = nanoTime.getAsLong();
    hasTurn = false;
  }

  private void stepAndGoOn() {
    var pause = guardedStep();
    if (!executor.isShutdown()) {
      executor.schedule(
          this::stepAndGoOn, shorter(pause, STANDING).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Duration guardedStep() {
    pulse.begin();
    try {
      return runOnce();
    } catch (RuntimeException | Error e) {
      // Last catch of the loop: a database that is away, or one OutOfMemoryError, must not end the
      // duties for good.
      LOG.warn("the duties failed and go on: {}", e.toString());
      return STANDING;
    } finally {
      pulse.end();
    }
  }

  /** The current fault of this loop; empty if it works. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }

  /** Lets another worker lead at once. */
  @Override
  public void close() {
    if (!executor.isShutdown()) {
      executor.execute(this::leave);
    }
    DaemonThreads.stop(executor, STOP_LIMIT);
  }

  private void leave() {
    try {
      if (term.isPresent()) {
        terms.release(term.getAsLong());
      }
      terms.close();
    } catch (RuntimeException e) {
      LOG.info("the duties are left without a word, as the store is away: {}", e.toString());
    }
  }
}
