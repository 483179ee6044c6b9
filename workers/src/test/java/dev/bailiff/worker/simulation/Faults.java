package dev.bailiff.worker.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Decides at random, from the schedule's seed, which fault happens before each step.
 *
 * @see Simulation
 */
final class Faults {
  private static final int DEEPEST_PAUSE = 2;

  private final SplittableRandom random;
  private final Others others;
  private boolean over;
  private int paused;

  /** Lets the other processes go on while one is paused. */
  @FunctionalInterface
  interface Others {
    void goOn(Duration pause);
  }

  /**
   * Number of steps in a thousand that meet each fault. Each schedule draws its own numbers, so
   * that some schedules are calm.
   */
  private final int crashes;

  private final int pauses;
  private final int lostAnswers;

  Faults(SplittableRandom random, Others others) {
    this.random = random;
    this.others = others;
    this.crashes = random.nextInt(20);
    this.pauses = random.nextInt(40);
    this.lostAnswers = random.nextInt(20);
  }

  /** Ends the faults, so that all jobs in progress can end. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /**
   * Called before a step of a process: the process may die here, or wait while the others go on.
   */
  void before(String step) {
    if (over) {
      return;
    }
    int dice = random.nextInt(1000);
    if (dice < crashes) {
      throw new SimulatedCrash(step);
    }
    if (dice < crashes + pauses && paused < DEEPEST_PAUSE) {
      paused++;
      try {
        others.goOn(Duration.ofMillis(random.nextInt(6000)));
      } finally {
        paused--;
      }
    }
  }

  /** Whether the answer of the database to a step that it has done gets lost. */
  boolean losesAnswer() {
    return !over && random.nextInt(1000) < lostAnswers;
  }
}
