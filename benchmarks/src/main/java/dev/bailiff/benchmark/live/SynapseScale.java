package dev.bailiff.benchmark.live;

import dev.bailiff.benchmark.data.Scale;
import java.time.Duration;

/**
 * The amount of data in the rows about Synapse. The claims are made for {@link Scale#FULL} events;
 * all numbers follow that number, and none is so small that its row does nothing.
 *
 * @param events events of the room that is purged in the other rows
 */
public record SynapseScale(long events) {

  /** Rooms in which the redacted sender wrote, and rooms of the deactivated users. */
  public static final int ROOMS = 5;

  /** Calls of each sort at a time. */
  public static final int CLIENTS = 8;

  public static SynapseScale of(Scale scale) {
    return new SynapseScale(scale.roomEvents());
  }

  /** Events of one sender in each of the rooms. */
  public int redactionsARoom() {
    return share(600, 20);
  }

  /** Users that one job deactivates. */
  public int deactivations() {
    return share(150, 10);
  }

  /** Events of the room that is purged by direct SQL. */
  public int sqlEvents() {
    return share(972_000, 4_000);
  }

  /** Events of the room that Synapse purges for a job. */
  public int events12k() {
    return share(12_000, 1_000);
  }

  /** Events of the large history. */
  public int largeHistory() {
    return share(200_000, 4_000);
  }

  /** Small rooms that one job deletes. */
  public int smallRooms() {
    return share(50, 10);
  }

  /** Media of one user. */
  public int media() {
    return share(500, 40);
  }

  /** Calls of each sort that each side of a round makes. */
  public int lightCalls() {
    return share(1_000, 80);
  }

  /** One-target jobs of each side of a round. */
  public int oneTargetJobs() {
    return share(50, 10);
  }

  /** The time for which a user's sends are measured. */
  public Duration window() {
    return Duration.ofSeconds(share(60, 6));
  }

  /** More events than a gentle job redacts in a window. */
  public int gentleEvents() {
    return (int) window().toSeconds() * 80;
  }

  private int share(int full, int least) {
    return (int) Math.max(least, full * events / Scale.FULL);
  }
}
