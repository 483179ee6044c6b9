package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.live.SynapseScale;
import dev.bailiff.benchmark.measure.Bound;
import java.util.Locale;

/** A {@code delete-rooms} job for a room that Synapse purges, beside one call of Synapse. */
final class RoomPurgeWork extends LargeRoomPurge {
  private static final int WARM_UP_EVENTS = 200;

  RoomPurgeWork() {
    super(WARM_UP_EVENTS);
  }

  @Override
  public String name() {
    return "synapse-purge";
  }

  @Override
  public String work(SynapseScale scale) {
    return String.format(Locale.ROOT, "purge a room of %,d events, without SQL", items(scale));
  }

  @Override
  public long items(SynapseScale scale) {
    return scale.events12k();
  }

  @Override
  public Bound bound() {
    return Bound.timesAtMost(1.2);
  }
}
