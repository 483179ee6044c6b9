package dev.bailiff.homeserver.synapse.task;

/**
 * Pauses between two looks at a task of Synapse, in milliseconds. A batch looks for some seconds.
 * The second one follows at once, as the way back through the queue takes longer than most tasks
 * last then; later the segment is snoozed. A pause is a part of the time that the task has taken so
 * far: so the end is seen soon, in proportion, and a long task is not asked for all the time.
 */
final class TaskPauses {
  /** So long a batch looks. */
  static final long POLLING_MILLIS = 2000;

  /** Stands for the first snooze, which is left out. */
  static final long FIRST_MILLIS = 250;

  /** So long a batch waits for a free slot. Its job may be cancelled meanwhile. */
  static final long SLOT_MILLIS = 1000;

  /** Between two looks for a free slot, if no task of this process ends before. */
  static final long SLOT_POLL_MILLIS = 200;

  /** A look takes some milliseconds of the one processor that Synapse works with. */
  private static final long SHORTEST_POLL_MILLIS = 120;

  /** A longer wait for a slot would leave free ones unused. */
  private static final long LAST_SLOT_MILLIS = 1000;

  private static final long LAST_MILLIS = 5000;

  /** A server that fails to start a task needs a moment. */
  private static final long REFUSED_MILLIS = 1000;

  private TaskPauses() {}

  /**
   * The pause before the next look of a batch.
   *
   * @param polled since the first look of the batch
   */
  static long ofPoll(long polled) {
    return Math.max(SHORTEST_POLL_MILLIS, polled / 8);
  }

  /** The snooze of a segment whose task is still open; 0 for none. */
  static long snooze(long pause) {
    return pause == FIRST_MILLIS ? 0 : pause;
  }

  /** The snooze after one of this length. */
  static long next(long pause) {
    return Math.min(LAST_MILLIS, pause * 3 / 2);
  }

  /** The snooze after one of this length that ended without a free slot. */
  static long nextForSlot(long pause) {
    return Math.min(LAST_SLOT_MILLIS, next(pause));
  }

  /** The snooze after a start that failed. */
  static long afterRefusal(long pause) {
    return Math.max(REFUSED_MILLIS, pause);
  }
}
