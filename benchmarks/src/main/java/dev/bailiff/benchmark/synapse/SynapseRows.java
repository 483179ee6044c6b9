package dev.bailiff.benchmark.synapse;

import dev.bailiff.benchmark.row.Row;
import java.util.List;

/** All rows about Bailiff in front of a Synapse. */
public final class SynapseRows {
  /** Selects all of them on the command line. */
  public static final String ALL = "synapse";

  private SynapseRows() {}

  /** The rows, in the order of the table. */
  public static List<Row> list() {
    return List.of(
        new LightCalls(),
        new OneTargetJobs(),
        new SynapseComparison<>(new FastRedaction()),
        new SendsBesideAJob(),
        new SynapseComparison<>(new DeactivationWork()),
        new SynapseComparison<>(new UserMediaWork()),
        new SynapseComparison<>(new SmallRoomsWork()),
        new SynapseComparison<>(new RoomPurgeWork()),
        new SynapseComparison<>(new SqlPurgeWork()),
        new SynapseComparison<>(new HistoryWork(false)),
        new SynapseComparison<>(new HistoryWork(true)));
  }

  /** Whether a row is one of these. */
  public static boolean has(Row row) {
    return row.name().startsWith(ALL + "-");
  }
}
