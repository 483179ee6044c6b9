package dev.bailiff.duty;

import dev.bailiff.log.LogPace;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one round of a loop and catches any failure of the round. Without this class, an executor
 * would end a periodic task for good at its first exception, and log nothing.
 */
public final class GuardedRound implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedRound.class);

  private final String name;
  private final Runnable round;
  private final Pulse pulse;
  private final LogPace pace = new LogPace();

  /**
   * @param name of the loop, in logs and health
   */
  public GuardedRound(String name, Runnable round) {
    this.name = name;
    this.round = round;
    this.pulse = new Pulse(name);
  }

  @Override
  public void run() {
    pulse.begin();
    try {
      round.run();
    } catch (RuntimeException | Error e) {
      // No failure may end the loop.
      pulse.failed(e);
      long times = pace.due();
      if (times > 0) {
        LOG.error("{} failed and goes on ({} times since the last line)", name, times, e);
      }
    } finally {
      pulse.end();
    }
  }

  /** The current fault of the loop; empty if the loop has no fault. */
  public Optional<String> complaint() {
    return pulse.complaint();
  }
}
