package dev.bailiff.homeserver.synapse.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task of Synapse on one resource: started once, then polled to its end.
 *
 * <p><b>Crash:</b> before the call that starts the task, a batch records the ids of the resource's
 * tasks as they are. If the answer is lost, or the worker dies before the new id is recorded, the
 * next batch finds a task that is not among these ids, and adopts it. A task is never started while
 * an unrecorded one may exist.
 *
 * <p><b>Lost tasks:</b> a task that disappears (Synapse lost its row, or a backup was restored) is
 * started again, {@value #MOST_STARTS} times in all.
 *
 * <p><b>Tasks that break off:</b> Synapse's own deletions fail if rows of the room come or go at
 * the wrong moment, as foreign keys then forbid them: somebody joins or leaves, or a background
 * update has not got to the room yet. A task that may be repeated is started again a little later,
 * {@value #TRIES} times in all.
 */
public final class RemoteTask {
  private static final int MOST_STARTS = 3;
  private static final int TRIES = 4;
  private static final Duration NEXT_TRY = Duration.ofSeconds(3);
  private static final Duration AT_ONCE = Duration.ZERO;

  private final TaskCalls tasks;
  private final TaskSlots slots;

  /**
   * @param mostOpen no task is started while so many run or wait in Synapse, whoever started them
   */
  public RemoteTask(TaskCalls tasks, int mostOpen) {
    this.tasks = tasks;
    this.slots = new TaskSlots(tasks, mostOpen);
  }

  /**
   * The task that a batch wants.
   *
   * @param start starts the task
   * @param id reads the task's id from the answer to the start
   * @param repeatable whether a second task does only what a broken one left
   */
  public record Wanted(
      String action,
      String resource,
      Supplier<Answer> start,
      Function<JsonNode, String> id,
      boolean repeatable) {}

  /**
   * The place of a task in a cursor.
   *
   * @param known tasks of the resource that are not ours and may look newer than {@code since};
   *     null once the task has an id, and while nothing may be started
   * @param since the last change of any ended task of the resource, ms since the epoch
   * @param id null before the task was started
   * @param starts how often the task was started and lost
   * @param refusals how often Synapse failed to start the task
   * @param pause milliseconds until the next look
   * @param broken how many tasks broke off; without a key while none did, as workers of the release
   *     before do not know it
   */
  public record State(
      @Nullable List<String> known,
      long since,
      @Nullable String id,
      int starts,
      int refusals,
      long pause,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int broken) {

    /** Whether a task of this state is the one of an earlier state, or may become it. */
    public boolean goesOn(State earlier) {
      return starts == earlier.starts && broken == earlier.broken;
    }

    /** The same state when nothing was started and others may start tasks meanwhile. */
    State withoutIntent() {
      return new State(null, 0, null, starts, refusals, pause, broken);
    }

    State withPause(long millis) {
      return new State(known, since, id, starts, refusals, millis, broken);
    }

    /** Whether a task may be the one that was started from this state. */
    boolean mayBeOurs(TaskCalls.Task task) {
      return task.at() >= since && (known == null || !known.contains(task.id()));
    }
  }

  /** The result of a step. */
  public sealed interface Step {

    /**
     * The task goes on, or cannot be started now.
     *
     * @param task empty if it was not started
     */
    record Open(State state, Duration again, Optional<TaskCalls.Task> task) implements Step {

      /** The snooze of the segment; null if it goes on at once. */
      public @Nullable Snooze snooze() {
        return again.isZero() ? null : new Snooze(again);
      }
    }

    /** The task has ended, well or not. */
    record Ended(TaskCalls.Task task) implements Step {}

    /** Synapse refuses to start the task. */
    record Refused(Answer answer) implements Step {}

    /** The task disappeared more often than it is started again. */
    record Lost() implements Step {}
  }

  /** The state to record before the task is started. */
  public State intent(Wanted wanted) {
    return before(wanted, 0, 0, 0);
  }

  /** Starts the task, or looks at it for some seconds. Call it after the fence. */
  public Step advance(State state, Wanted wanted) {
    long end = in(TaskPauses.POLLING_MILLIS);
    if (state.id() != null) {
      return poll(state, wanted, end);
    }
    if (state.known() == null) {
      return slots.isCrowded() ? waitingForSlot(state) : renewed(state, wanted);
    }
    var ours = list(wanted).stream().filter(state::mayBeOurs).toList();
    if (!ours.isEmpty()) {
      return poll(started(state, ours.get(ours.size() - 1).id()), wanted, end);
    }
    return slots
        .start(in(TaskPauses.SLOT_MILLIS), () -> start(state, wanted))
        .map(step -> step instanceof Step.Open open ? pollStarted(open, wanted, end) : step)
        .orElseGet(() -> waitingForSlot(state.withoutIntent()));
  }

  private static long in(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** A new intent, as others may have started tasks since the last one. */
  private Step renewed(State state, Wanted wanted) {
    var intent = before(wanted, state.starts(), state.refusals(), state.broken());
    return new Step.Open(intent.withPause(state.pause()), AT_ONCE, Optional.empty());
  }

  /** The state with the id of the task if it was started. */
  private Step start(State state, Wanted wanted) {
    Answer answer;
    try {
      answer = wanted.start().get();
    } catch (RateLimitedException e) {
      return new Step.Open(state, e.retryAfter(), Optional.empty());
    } catch (NoAnswerException e) {
      return refused(state, null);
    }
    if (isInProgress(answer)) {
      // Nothing was started. Tasks that come while we wait are of others, so the next try begins
      // with a new look at what is there.
      return waiting(state.withoutIntent());
    }
    if (answer.isServerError()) {
      return refused(state, answer);
    }
    return answer.isOk()
        ? new Step.Open(started(state, wanted.id().apply(answer.body())), AT_ONCE, Optional.empty())
        : new Step.Refused(answer);
  }

  /** No task ends in the moment in which it starts, so the first look comes after a pause. */
  private Step pollStarted(Step.Open open, Wanted wanted, long end) {
    if (open.state().id() == null) {
      return open;
    }
    sleep(TaskPauses.ofPoll(0));
    return poll(open.state(), wanted, end);
  }

  /**
   * Synapse failed to start the task, although it answered a question just before.
   *
   * @param answer null if there was none: the task may have been started, and is looked for
   */
  private static Step refused(State state, @Nullable Answer answer) {
    int refusals = state.refusals() + 1;
    if (refusals >= MOST_STARTS) {
      return answer == null ? new Step.Lost() : new Step.Refused(answer);
    }
    return waiting(
        new State(
            state.known(),
            state.since(),
            state.id(),
            state.starts(),
            refusals,
            TaskPauses.afterRefusal(state.pause()),
            state.broken()));
  }

  private Step poll(State state, Wanted wanted, long end) {
    long begin = System.nanoTime();
    while (true) {
      var task = list(wanted).stream().filter(each -> each.id().equals(state.id())).findFirst();
      if (task.isEmpty()) {
        return state.starts() + 1 >= MOST_STARTS
            ? new Step.Lost()
            : waiting(before(wanted, state.starts() + 1, 0, state.broken()));
      }
      if (!task.get().isOpen()) {
        slots.taskEnded();
        return wanted.repeatable()
                && TaskFailure.isBrokenOff(task.get())
                && state.broken() + 1 < TRIES
            ? new Step.Open(
                before(wanted, state.starts(), 0, state.broken() + 1), NEXT_TRY, Optional.empty())
            : new Step.Ended(task.get());
      }
      long now = System.nanoTime();
      if (now >= end) {
        return new Step.Open(
            slower(state), Duration.ofMillis(TaskPauses.snooze(state.pause())), task);
      }
      sleep(TaskPauses.ofPoll(TimeUnit.NANOSECONDS.toMillis(now - begin)));
    }
  }

  private static Step waiting(State state) {
    return new Step.Open(slower(state), Duration.ofMillis(state.pause()), Optional.empty());
  }

  private static Step waitingForSlot(State state) {
    return new Step.Open(
        state.withPause(TaskPauses.nextForSlot(state.pause())),
        Duration.ofMillis(state.pause()),
        Optional.empty());
  }

  private static State started(State state, String id) {
    return new State(null, 0, id, state.starts(), 0, TaskPauses.FIRST_MILLIS, state.broken());
  }

  private static State slower(State state) {
    return state.withPause(TaskPauses.next(state.pause()));
  }

  /**
   * The state before a start. An ended task never changes again, so its time knows it apart from a
   * new one: the list of known tasks stays short however many there were.
   */
  private State before(Wanted wanted, int starts, int refusals, int broken) {
    var tasks = list(wanted);
    long since =
        tasks.stream().filter(task -> !task.isOpen()).mapToLong(TaskCalls.Task::at).max().orElse(0);
    var known =
        tasks.stream()
            .filter(task -> task.isOpen() || task.at() == since)
            .map(TaskCalls.Task::id)
            .toList();
    return new State(known, since, null, starts, refusals, TaskPauses.FIRST_MILLIS, broken);
  }

  private List<TaskCalls.Task> list(Wanted wanted) {
    return tasks.of(wanted.action(), wanted.resource());
  }

  private static boolean isInProgress(Answer answer) {
    return answer.status() == 400 && answer.error().contains("already in progress");
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HomeserverUnavailableException("interrupted", e);
    }
  }
}
