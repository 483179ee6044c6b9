package dev.bailiff.gateway.backend;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that the homeserver runs by itself. Clients see them in one list with our jobs.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
@FunctionalInterface
public interface ForeignTasks {

  /** The tasks of a homeserver that runs none. */
  ForeignTasks NONE = wanted -> List.of();

  /**
   * Which tasks are wanted (admin-api 5.24). Empty lists and nulls mean any.
   *
   * @param latest time of the last change at the latest, ms since the epoch
   */
  record Wanted(
      List<String> actions,
      @Nullable String resource,
      List<String> statuses,
      @Nullable Long latest) {}

  /**
   * A task.
   *
   * @param at when it is due, or when it last changed; ms since the epoch
   * @param json the task as the homeserver lists it
   */
  record ForeignTask(String id, long at, JsonNode json) {}

  /** Tasks that match, oldest first. */
  List<ForeignTask> list(Wanted wanted);
}
