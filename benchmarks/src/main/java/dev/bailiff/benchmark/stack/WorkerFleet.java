package dev.bailiff.benchmark.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bailiff.worker.SlotsConfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Workers of this process.
 *
 * @param slots of each worker
 * @param mediaFolder null = the workers run without the kinds that need a media folder
 */
public record WorkerFleet(int workers, SlotsConfig slots, @Nullable String mediaFolder) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Two workers with the slots of production. */
  public static WorkerFleet pair(Path mediaFolder) {
    return new WorkerFleet(2, new SlotsConfig(), mediaFolder.toString());
  }

  /** Two workers with the slots of production that need no media folder. */
  public static WorkerFleet remotePair() {
    return new WorkerFleet(2, new SlotsConfig(), null);
  }

  /** The given number of workers with the same settings. */
  public WorkerFleet of(int count) {
    return new WorkerFleet(count, slots, mediaFolder);
  }

  /** Workers that do one kind only. */
  public static WorkerFleet of(int workers, String kind, int slots) {
    return new WorkerFleet(workers, only(kind, slots), null);
  }

  /** Slots for one kind, and one for express, in the form of {@code worker.yml}. */
  private static SlotsConfig only(String kind, int slots) {
    return MAPPER.convertValue(
        Map.of("express", 1, "others", 0, "kinds", Map.of(kind, slots)), SlotsConfig.class);
  }
}
