package dev.bailiff.benchmark.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.worker.SlotsConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workers of this process.
 *
 * @param slots of each of them
 * @param mediaFolder null: without the kinds that need it
 */
public record WorkerFleet(int workers, SlotsConfig slots, @Nullable String mediaFolder) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Two with the slots of production. */
  public static WorkerFleet pair(Path mediaFolder) {
    return new WorkerFleet(2, new SlotsConfig(), mediaFolder.toString());
  }

  /** So many like these. */
  public WorkerFleet of(int count) {
    return new WorkerFleet(count, slots, mediaFolder);
  }

  /** Some that do one kind only. */
  public static WorkerFleet of(int workers, String kind, int slots) {
    return new WorkerFleet(workers, only(kind, slots), null);
  }

  /** Slots for one kind, and one for express, as {@code worker.yml} would say it. */
  private static SlotsConfig only(String kind, int slots) {
    return MAPPER.convertValue(
        Map.of("express", 1, "others", 0, "kinds", Map.of(kind, slots)), SlotsConfig.class);
  }
}
