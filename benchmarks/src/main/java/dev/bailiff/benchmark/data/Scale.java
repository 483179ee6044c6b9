package dev.bailiff.benchmark.data;

/**
 * The amount of data in a run. The number of events in the purged room determines all other
 * numbers.
 *
 * @param roomEvents events of the purged room; the claims are made for one million
 */
public record Scale(long roomEvents) {
  public static final long FULL = 1_000_000;

  /** The number of rooms that stay, and in which the redacted sender wrote. */
  public static final int OTHER_ROOMS = 20;

  /** The redacted sender wrote one in so many events of the other rooms. */
  static final int SENDER_SHARE = 20;

  /** With fewer events a room has no events of the redacted sender. */
  private static final long LEAST = 4_000;

  private static final long STEP = (long) OTHER_ROOMS * SENDER_SHARE / 2;

  public Scale {
    if (roomEvents < LEAST || roomEvents % STEP != 0) {
      throw new IllegalArgumentException(
          "the number of events must be a multiple of " + STEP + ", at least " + LEAST);
    }
  }

  /** Events of all other rooms together. */
  public long otherEvents() {
    return 2 * roomEvents;
  }

  /** Events of the redacted sender. */
  public long senderEvents() {
    return otherEvents() / SENDER_SHARE;
  }

  /** Members of the purged room, most of them remote. */
  public long members() {
    return Math.min(5_000, roomEvents / 20);
  }

  /** Events of the room for warming up. */
  long warmUpEvents() {
    return Math.min(20_000, roomEvents / 10);
  }

  /** Users that one job deactivates; the store has many other users. */
  public int users() {
    return (int) (roomEvents / 100);
  }

  /** Users of the big job that runs while small ones come. */
  public int crowd() {
    return (int) (roomEvents / 10);
  }

  /** Users that are deactivated by one call each. */
  public int singles() {
    return (int) (roomEvents / 1_000);
  }

  /** Calls that are made one at a time. */
  public int probes() {
    return Math.min(200, singles());
  }

  /** Users for warming up: more than a stack needs until it gets no faster. */
  int warmUpUsers() {
    return Math.min(9_000, users());
  }

  /** Number of kills of worker processes; some kills are in each stage. */
  public int kills() {
    return (int) Math.min(30, Math.max(4, roomEvents / 30_000));
  }

  /** Media that are deleted. */
  public int media() {
    return (int) (roomEvents / 50);
  }

  /** Segments without any work. */
  public int segments() {
    return (int) (roomEvents / 100);
  }

  /** Calls that each side of a round makes. */
  public int calls() {
    return (int) (roomEvents / 200);
  }
}
