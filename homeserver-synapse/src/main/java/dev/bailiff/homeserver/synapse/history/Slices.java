package dev.bailiff.homeserver.synapse.history;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.TaskAction;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.Refusals;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.homeserver.synapse.task.TaskFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges the history of a room in slices that aim at ten to thirty seconds. A slice that is
 * repeated finds nothing. The last slice has the end that was asked for.
 *
 * <p>A room whose timeline begins at that end was purged before. It is skipped. If messages of
 * local users are to go too, the last slice is carried out first: an earlier purge may have kept
 * them outside the timeline, where nobody can list them.
 */
final class Slices {
  private static final int FIRST_PART = 8;
  private static final Duration SLOW = Duration.ofSeconds(30);
  private static final Duration QUICK = Duration.ofSeconds(5);

  private final RoomCalls rooms;
  private final RemoteTask tasks;
  private final InstantSource clock = InstantSource.system();

  Slices(RoomCalls rooms, RemoteTask tasks) {
    this.rooms = rooms;
    this.tasks = tasks;
  }

  /**
   * The place of a purge.
   *
   * @param upTo end of the slice under way, ms since the epoch
   * @param span milliseconds of history in a slice
   * @param begun when the slice was begun, ms since the epoch
   * @param repeated whether the timeline was purged before
   */
  record Place(long upTo, long span, long begun, boolean repeated, RemoteTask.State task) {}

  BatchOutcome purge(RoomPurge purge, BatchCommit commit) {
    var room = purge.room();
    var range = CursorJson.read(purge.range().value(), SliceRange.class);
    var after = purge.after();
    if (after == null) {
      return commit.record(first(room, range));
    }
    var place = CursorJson.read(after.value(), Place.class);
    commit.fence();
    var step = tasks.advance(place.task(), wanted(room, range, place.upTo()));
    if (step instanceof RemoteTask.Step.Open open) {
      var next =
          new Place(
              place.upTo(),
              place.span(),
              // The time of waiting for a task is no time of the slice.
              open.task().isPresent() ? place.begun() : clock.millis(),
              place.repeated(),
              open.state());
      return commit.record(
          outcome(
              room,
              0,
              open.task().map(task -> task.id()).orElse(null),
              List.of(),
              next,
              open.snooze()));
    }
    if (step instanceof RemoteTask.Step.Ended ended) {
      if (ended.task().isComplete()) {
        return commit.record(behind(room, range, place, ended.task().id()));
      }
      return commit.record(failed(TaskFailure.of(ended.task(), room.id(), room.number())));
    }
    if (step instanceof RemoteTask.Step.Refused refused) {
      // Synapse finds no event before this time: the slice is empty.
      return commit.record(
          refused.answer().isNotFound()
              ? behind(room, range, place, null)
              : failed(Refusals.of(refused.answer(), room.id(), room.number(), true)));
    }
    return commit.record(failed(TaskFailure.lost(room.id(), room.number())));
  }

  private BatchOutcome first(Target room, SliceRange range) {
    var first = rooms.messages(room.id(), null, 2, RoomCalls.WITH_DEPTH).events();
    long end = range.cutOff().at();
    boolean repeated = range.cutOff().leaves(first);
    if (first.isEmpty() || (repeated && !range.localEvents())) {
      return BatchOutcome.of(0, 1, null);
    }
    if (repeated) {
      return outcome(room, 0, null, List.of(), begin(room, range, end, 1, true), null);
    }
    long start = first.get(0).path("origin_server_ts").asLong();
    long span = Math.max(1, (end - start) / FIRST_PART);
    return outcome(room, 0, null, List.of(), begin(room, range, start + span, span, false), null);
  }

  private Place begin(Target room, SliceRange range, long upTo, long span, boolean repeated) {
    long end = Math.min(range.cutOff().at(), upTo);
    return new Place(end, span, clock.millis(), repeated, tasks.intent(wanted(room, range, end)));
  }

  private BatchOutcome behind(Target room, SliceRange range, Place place, @Nullable String task) {
    var facts = List.of(new Fact(room.number(), "purged_up_to_ts", Long.toString(place.upTo())));
    if (place.upTo() >= range.cutOff().at()) {
      return place.repeated()
          ? BatchOutcome.of(0, 1, null)
          : outcome(room, 1, task, facts, null, null);
    }
    long span = span(place.span(), Duration.ofMillis(clock.millis() - place.begun()));
    return outcome(
        room, 0, task, facts, begin(room, range, place.upTo() + span, span, false), null);
  }

  private static long span(long span, Duration took) {
    if (took.compareTo(SLOW) > 0) {
      return Math.max(1, span / 2);
    }
    return took.compareTo(QUICK) < 0 ? span * 4 : span;
  }

  private RemoteTask.Wanted wanted(Target room, SliceRange range, long upTo) {
    var cutOff = range.cutOff();
    var parameters = ServiceAccount.parameters().put("delete_local_events", range.localEvents());
    if (upTo >= cutOff.at() && cutOff.event() != null) {
      parameters.put("purge_up_to_event_id", cutOff.event());
    } else {
      parameters.put("purge_up_to_ts", upTo);
    }
    return new RemoteTask.Wanted(
        TaskAction.PURGE_HISTORY,
        room.id(),
        () -> rooms.purgeHistory(room.id(), parameters),
        answer -> answer.path("purge_id").asText(),
        true);
  }

  private static BatchOutcome outcome(
      Target room,
      long done,
      @Nullable String task,
      List<Fact> facts,
      @Nullable Place next,
      @Nullable Snooze snooze) {
    return new BatchOutcome(
        done,
        0,
        List.of(),
        task == null ? List.of() : List.of(new ListEntry(room.number(), "synapse_tasks", task)),
        facts,
        next == null ? null : CursorJson.cursor(next),
        snooze);
  }

  private static BatchOutcome failed(Failure failure) {
    return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
  }
}
