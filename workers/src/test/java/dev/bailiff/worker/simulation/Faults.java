package dev.bailiff.worker.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Decides before each step, from the schedule's chance, what goes wrong there.
 *
 * @see Simulation
 */
final class Faults {
  private static final int DEEPEST_PAUSE = 2;

  private final SplittableRandom random;
  private final Others others;
  private boolean over;
  private int paused;

  /** Whoever may go on while a process is paused. */
  @FunctionalInterface
  interface Others {
    void goOn(Duration pause);
  }

  /** How many in a thousand steps meet which fault; a schedule's own, so that some are calm. */
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

  /** From now on nothing goes wrong: what was begun must come to its end. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /** Before a step of a process: it may die here, or wait while the others go on. */
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

  /** Whether the answer to what the database has done does not arrive. */
  boolean losesAnswer() {
    return !over && random.nextInt(1000) < lostAnswers;
  }
}
