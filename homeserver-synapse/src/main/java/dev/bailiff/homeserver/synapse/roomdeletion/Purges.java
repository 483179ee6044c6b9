package dev.bailiff.homeserver.synapse.roomdeletion;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskAction;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.Refusals;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.homeserver.synapse.task.TaskFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges rooms: one task of Synapse a room, unless the room's shutdown has purged it. A purge of a
 * room that is gone completes and changes nothing, so it may be started again. Synapse's task would
 * remove local members first; a room that has some is refused instead, unless the purge is forced.
 *
 * @param large deletes what Synapse forgets; null without a database. It acts in the batch that
 *     finds the task complete: if the worker dies before the record, the next batch finds the same
 *     task, and the deletion is repeated
 */
record Purges(RoomCalls rooms, RemoteTask tasks, @Nullable LargePurges large) {

  BatchOutcome purge(RoomClosing closing, BatchCommit commit) {
    var room = closing.room();
    var after = closing.after();
    var wanted = wanted(room, closing.force());
    if (after == null && isPurged(closing)) {
      return commit.record(BatchOutcome.of(1, 0, null));
    }
    if (after == null) {
      return closing.force() || !hasLocalMembers(room)
          ? begin(closing, wanted, commit)
          : commit.record(failed(stillJoined(room)));
    }
    var state = CursorJson.read(after.value(), RemoteTask.State.class);
    commit.fence();
    var step = tasks.advance(state, wanted);
    if (step instanceof RemoteTask.Step.Open open) {
      return commit.record(
          new BatchOutcome(
              0,
              0,
              List.of(),
              open.task()
                  .map(task -> List.of(new ListEntry(room.number(), "synapse_tasks", task.id())))
                  .orElseGet(List::of),
              List.of(),
              CursorJson.cursor(open.state()),
              open.snooze()));
    }
    if (step instanceof RemoteTask.Step.Ended ended) {
      if (large != null && ended.task().isComplete()) {
        large.afterEnd(closing);
      }
      return ended.task().isComplete()
          ? commit.record(
              new BatchOutcome(
                  1,
                  0,
                  List.of(),
                  List.of(new ListEntry(room.number(), "synapse_tasks", ended.task().id())),
                  List.of(),
                  null,
                  null))
          : commit.record(failed(TaskFailure.of(ended.task(), room.id(), room.number())));
    }
    return commit.record(
        failed(
            step instanceof RemoteTask.Step.Refused refused
                ? Refusals.of(refused.answer(), room.id(), room.number(), true)
                : TaskFailure.lost(room.id(), room.number())));
  }

  /** Whether the shutdown has purged the room, and nobody has made it known again since. */
  private boolean isPurged(RoomClosing closing) {
    return closing.facts().containsKey(Shutdowns.PURGED)
        && rooms.room(closing.room().id()).isEmpty();
  }

  private BatchOutcome begin(RoomClosing closing, RemoteTask.Wanted wanted, BatchCommit commit) {
    if (large == null) {
      return commit.record(BatchOutcome.of(0, 0, CursorJson.cursor(tasks.intent(wanted))));
    }
    var facts = large.way(closing);
    commit.fence();
    large.beforeEnd(closing.room());
    return commit.record(
        new BatchOutcome(
            0, 0, List.of(), List.of(), facts, CursorJson.cursor(tasks.intent(wanted)), null));
  }

  private RemoteTask.Wanted wanted(Target room, boolean force) {
    var parameters =
        ServiceAccount.parameters()
            .put("block", false)
            .put("purge", true)
            .put("force_purge", force);
    return new RemoteTask.Wanted(
        TaskAction.DELETE_ROOM,
        room.id(),
        () -> rooms.delete(room.id(), parameters),
        answer -> answer.path("delete_id").asText(),
        true);
  }

  private boolean hasLocalMembers(Target room) {
    return rooms.room(room.id()).filter(found -> found.joinedLocalMembers() > 0).isPresent();
  }

  /** In Synapse's words. */
  private static Failure stillJoined(Target room) {
    return new Failure(
        room.id(),
        room.number(),
        true,
        400,
        "M_UNKNOWN",
        "Users are still joined to room " + room.id());
  }

  private static BatchOutcome failed(Failure failure) {
    return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
  }
}
