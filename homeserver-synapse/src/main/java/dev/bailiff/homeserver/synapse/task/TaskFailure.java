package dev.bailiff.homeserver.synapse.task;

import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import java.util.regex.Pattern;

/** Turns the error of a task into the failure of a target. */
public final class TaskFailure {
  private static final Pattern STATUS = Pattern.compile("([45]\\d\\d): (.*)", Pattern.DOTALL);

  /** Forbids the deletion of the event that came last, whatever its place in the history. */
  private static final String LAST_EVENT = "sliding_sync_joined_rooms_event_stream_ordering_fkey";

  private static final String HOW_TO_GO_ON =
      "Synapse cannot purge the event that came last into the room, and its own redactions come last"
          + " with a place far back in the history. Send a message to the room, then retry the job.";

  private TaskFailure() {}

  /** The failure of a target whose task failed; Synapse's text may begin with a status. */
  public static Failure of(TaskCalls.Task task, String item, int target) {
    var error = task.error().isEmpty() ? "Synapse's task " + task.id() + " failed" : task.error();
    var parts = STATUS.matcher(error);
    return parts.matches()
        ? new Failure(
            item, target, true, Integer.parseInt(parts.group(1)), "M_UNKNOWN", parts.group(2))
        : new Failure(item, target, true, 500, "M_UNKNOWN", explained(error));
  }

  private static String explained(String error) {
    return error.contains(LAST_EVENT) ? HOW_TO_GO_ON + " Its words: " + error : error;
  }

  /**
   * Whether Synapse met an error that it did not expect. A refusal begins with its status; what
   * forbids a deletion for the moment is an error of its database.
   */
  static boolean isBrokenOff(TaskCalls.Task task) {
    return !task.isComplete() && !STATUS.matcher(task.error()).matches();
  }

  /** The failure of a target whose task disappeared. */
  public static Failure lost(String item, int target) {
    return new Failure(
        item, target, true, 500, "M_UNKNOWN", "Synapse lost its task for this several times");
  }
}
