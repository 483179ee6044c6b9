package dev.bailiff.benchmark.data;

import dev.bailiff.benchmark.measure.Calls;
/**
 * How much data a run has. Everything follows from the number of events in the room that is purged.
 *
 * @param roomEvents events of that room; the claims are made for one million
 */
public record Scale(long roomEvents) {
  public static final long FULL = 1_000_000;

  /** Rooms that stay, in which the redacted sender wrote. */
  public static final int OTHER_ROOMS = 20;

  /** One in so many events of the other rooms is by the redacted sender. */
  static final int SENDER_SHARE = 20;

  /** Below this a room has no events of that sender. */
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

  /** Events of the sender that is redacted. */
  public long senderEvents() {
    return otherEvents() / SENDER_SHARE;
  }

  /** Members of the room that is purged, most of them remote. */
  public long members() {
    return Math.min(5_000, roomEvents / 20);
  }

  /** Events of the room for warming up. */
  long warmUpEvents() {
    return Math.min(20_000, roomEvents / 10);
  }

  /** Users that are deactivated at once, beside so many others. */
  public int users() {
    return (int) (roomEvents / 100);
  }

  /** Users of the big job while a small one comes. */
  public int crowd() {
    return (int) (roomEvents / 10);
  }

  /** Users that are deactivated by calls of their own. */
  public int singles() {
    return (int) (roomEvents / 1_000);
  }

  /** Calls that are made one at a time. */
  public int probes() {
    return Math.min(200, singles());
  }

  /** Users for warming up: more than a stack does until it gets no quicker. */
  int warmUpUsers() {
    return Math.min(9_000, users());
  }

  /** Worker processes that are killed; some in each stage. */
  public int kills() {
    return (int) Math.min(30, Math.max(4, roomEvents / 30_000));
  }

  /** Media that are deleted. */
  public int media() {
    return (int) (roomEvents / 50);
  }

  /** Segments in which nothing is done. */
  public int segments() {
    return (int) (roomEvents / 100);
  }

  /** Calls that each side of a round makes. */
  public int calls() {
    return (int) (roomEvents / 200);
  }
}
