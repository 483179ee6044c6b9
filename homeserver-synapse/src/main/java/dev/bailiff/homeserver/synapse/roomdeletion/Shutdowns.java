package dev.bailiff.homeserver.synapse.roomdeletion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown.FollowingPurge;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskAction;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.Refusals;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.homeserver.synapse.task.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shuts rooms down: one task of Synapse blocks the room, makes the replacement, removes the local
 * members and moves the aliases. Its progress is recorded as it appears.
 *
 * <p><b>Purge:</b> the same task purges the room if the job does so next and there is no
 * replacement, as a repeated task would make a second one. The fact {@value #PURGED} says so.
 *
 * @param purgesToo whether nothing but Synapse purges rooms: it would be in the way of direct SQL
 */
record Shutdowns(RoomCalls rooms, RemoteTask tasks, boolean purgesToo) {
  /** The room was known, and its shutdown has purged it. */
  static final String PURGED = "purged_with_shutdown";

  /**
   * The place of a shutdown.
   *
   * @param kicked entries of {@code kicked_users} that are recorded
   * @param failed entries of {@code failed_to_kick_users} that are recorded
   */
  record Place(RemoteTask.State task, int kicked, int failed) {}

  BatchOutcome shutDown(MemberRemoval removal, BatchCommit commit) {
    var room = removal.room();
    var wanted = wanted(removal);
    var after = removal.after();
    if (after == null) {
      return commit.record(goesOn(new Place(tasks.intent(wanted), 0, 0)));
    }
    var place = CursorJson.read(after.value(), Place.class);
    commit.fence();
    var step = tasks.advance(place.task(), wanted);
    if (step instanceof RemoteTask.Step.Open open) {
      if (!open.state().goesOn(place.task())) {
        // A new task lists its members from the start.
        place = new Place(place.task(), 0, 0);
      }
      return commit.record(open(room, place, open));
    }
    if (step instanceof RemoteTask.Step.Ended ended) {
      return commit.record(ended(room, place, ended.task(), purges(removal.shutdown())));
    }
    return commit.record(
        failed(
            step instanceof RemoteTask.Step.Refused refused
                ? Refusals.of(refused.answer(), room.id(), room.number(), true)
                : TaskFailure.lost(room.id(), room.number())));
  }

  private boolean purges(RoomShutdown shutdown) {
    return purgesToo && shutdown.purge() != FollowingPurge.NONE && shutdown.newRoomUser() == null;
  }

  private RemoteTask.Wanted wanted(MemberRemoval removal) {
    var room = removal.room().id();
    var shutdown = removal.shutdown();
    boolean purges = purges(shutdown);
    var parameters =
        ServiceAccount.parameters().put("block", shutdown.block()).put("purge", purges);
    if (purges) {
      parameters.put("force_purge", shutdown.purge() == FollowingPurge.FORCED);
    }
    if (shutdown.newRoomUser() != null) {
      parameters
          .put("new_room_user_id", shutdown.newRoomUser())
          .put("room_name", shutdown.newRoomName())
          .put("message", shutdown.message());
    }
    return new RemoteTask.Wanted(
        TaskAction.DELETE_ROOM,
        room,
        () -> rooms.delete(room, parameters),
        answer -> answer.path("delete_id").asText(),
        shutdown.newRoomUser() == null); // a second one would make a second room
  }

  private static BatchOutcome goesOn(Place place) {
    return new BatchOutcome(0, 0, List.of(), List.of(), List.of(), CursorJson.cursor(place), null);
  }

  private static BatchOutcome open(Target room, Place place, RemoteTask.Step.Open open) {
    var progress = Progress.of(room, place, open.task().orElse(null));
    var next =
        new Place(
            open.state(),
            place.kicked() + progress.done(),
            place.failed() + progress.failures().size());
    return new BatchOutcome(
        progress.done(),
        0,
        progress.failures(),
        progress.entries(),
        List.of(),
        CursorJson.cursor(next),
        open.snooze());
  }

  private static BatchOutcome ended(Target room, Place place, TaskCalls.Task task, boolean purged) {
    var progress = Progress.of(room, place, task);
    if (!task.isComplete()) {
      var failures = new ArrayList<>(progress.failures());
      failures.add(TaskFailure.of(task, room.id(), room.number()));
      return new BatchOutcome(
          progress.done(), 0, failures, progress.entries(), List.of(), null, null);
    }
    var entries = new ArrayList<>(progress.entries());
    task.result()
        .path("local_aliases")
        .forEach(
            alias -> entries.add(new ListEntry(room.number(), "local_aliases", alias.asText())));
    var facts = new ArrayList<Fact>();
    var newRoom = task.result().path("new_room_id");
    if (newRoom.isTextual()) {
      facts.add(new Fact(room.number(), "new_room_id", newRoom.asText()));
    }
    if (purged) {
      facts.add(new Fact(room.number(), PURGED, "true"));
    }
    return new BatchOutcome(progress.done(), 0, progress.failures(), entries, facts, null, null);
  }

  private static BatchOutcome failed(Failure failure) {
    return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
  }

  /** Members that a task reports and that are not recorded. */
  private record Progress(int done, List<Failure> failures, List<ListEntry> entries) {

    static Progress of(Target room, Place place, TaskCalls.@Nullable Task task) {
      if (task == null) {
        return new Progress(0, List.of(), List.of());
      }
      var kicked = behind(task.result().path("kicked_users"), place.kicked());
      var failed = behind(task.result().path("failed_to_kick_users"), place.failed());
      var entries = new ArrayList<ListEntry>();
      entries.add(new ListEntry(room.number(), "synapse_tasks", task.id()));
      kicked.forEach(user -> entries.add(new ListEntry(room.number(), "kicked_users", user)));
      failed.forEach(
          user -> entries.add(new ListEntry(room.number(), "failed_to_kick_users", user)));
      return new Progress(
          kicked.size(),
          failed.stream()
              .map(
                  user ->
                      new Failure(
                          user,
                          room.number(),
                          false,
                          500,
                          "M_UNKNOWN",
                          "Synapse could not remove this member"))
              .toList(),
          entries);
    }

    private static List<String> behind(JsonNode users, int recorded) {
      var behind = new ArrayList<String>();
      for (int n = recorded; n < users.size(); n++) {
        behind.add(users.get(n).asText());
      }
      return behind;
    }
  }
}
