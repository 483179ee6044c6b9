package dev.bailiff.homeserver.synapse.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.synapse.api.TaskAction;
import dev.bailiff.homeserver.synapse.api.TaskCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.Refusals;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.task.RemoteTask;
import dev.bailiff.homeserver.synapse.task.TaskFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Redactions that a task of Synapse sends, a range at a time. The task redacts again what is
 * redacted already, so it is given a range only if something is left in it.
 */
record TaskRedactions(UserCalls users, Candidates candidates, RemoteTask tasks) {
  private static final int MOST_TRIES = 5;
  private static final String CANNOT_CHOOSE =
      "the sender is not in the room, or there is no application service, and a task of Synapse cannot"
          + " choose events by 'types' or 'contains'";
  private static final Duration NEXT_TRY = Duration.ofSeconds(5);

  BatchOutcome redact(
      Redaction redaction, EventRange range, SynapseRedaction.Place place, BatchCommit commit) {
    var state = place.task();
    if (state == null && range.conditions().choose()) {
      return commit.record(refused(redaction, range, place));
    }
    if (state == null) {
      var rest = rest(range, place);
      long open = rest.stream().filter(Candidates.Candidate::open).count();
      boolean first = place.tries() == 0;
      if (open == 0) {
        return commit.record(
            BatchOutcome.of(
                first ? 0 : place.asked(), first ? rest.size() : 0, next(redaction, place)));
      }
      var intent = tasks.intent(wanted(redaction, range, rest));
      return commit.record(
          new BatchOutcome(
              0,
              first ? rest.size() - open : 0,
              List.of(),
              List.of(),
              List.of(new Fact(range.target(), "redact_way", "a task of Synapse")),
              CursorJson.cursor(
                  new SynapseRedaction.Place(
                      place.range(),
                      place.place(),
                      first ? open : place.asked(),
                      place.tries(),
                      intent)),
              null));
    }
    var rest = rest(range, place);
    commit.fence();
    var step = tasks.advance(state, wanted(redaction, range, rest));
    if (step instanceof RemoteTask.Step.Open open) {
      return commit.record(open(range, place, open));
    }
    if (step instanceof RemoteTask.Step.Ended ended) {
      return commit.record(ended(redaction, range, place, ended.task()));
    }
    var failure =
        step instanceof RemoteTask.Step.Refused refused
            ? Refusals.of(refused.answer(), range.user(), range.target(), false)
            : TaskFailure.lost(range.user(), range.target());
    return commit.record(
        new BatchOutcome(
            0, 0, List.of(failure), List.of(), List.of(), next(redaction, place), null));
  }

  /** The task redacts all messages and joins between two times. */
  private BatchOutcome refused(
      Redaction redaction, EventRange range, SynapseRedaction.Place place) {
    var rest = rest(range, place);
    var failures =
        rest.stream()
            .filter(Candidates.Candidate::open)
            .map(
                event ->
                    new Failure(
                        event.id(), range.target(), false, 400, "M_INVALID_PARAM", CANNOT_CHOOSE))
            .toList();
    return new BatchOutcome(
        0,
        rest.size() - failures.size(),
        failures,
        List.of(),
        List.of(),
        next(redaction, place),
        null);
  }

  private static BatchOutcome open(
      EventRange range, SynapseRedaction.Place place, RemoteTask.Step.Open open) {
    return new BatchOutcome(
        0,
        0,
        List.of(),
        open.task()
            .map(task -> List.of(new ListEntry(range.target(), "synapse_tasks", task.id())))
            .orElseGet(List::of),
        List.of(),
        CursorJson.cursor(
            new SynapseRedaction.Place(
                place.range(), place.place(), place.asked(), place.tries(), open.state())),
        open.snooze());
  }

  /** Counts what is redacted now; what is not fails with the reason that the task has for it. */
  private BatchOutcome ended(
      Redaction redaction, EventRange range, SynapseRedaction.Place place, TaskCalls.Task task) {
    var reasons = task.result().path("failed_redactions");
    var open = rest(range, place).stream().filter(Candidates.Candidate::open).toList();
    var failures =
        open.stream()
            .filter(
                candidate ->
                    !task.isComplete()
                        || reasons.has(candidate.id())
                        || place.tries() + 1 >= MOST_TRIES)
            .map(candidate -> failure(range, candidate, reasons, task))
            .toList();
    if (open.size() > failures.size()) {
      // The task did not try them: it was started for other rooms or times.
      return new BatchOutcome(
          0,
          0,
          List.of(),
          List.of(new ListEntry(range.target(), "synapse_tasks", task.id())),
          List.of(),
          CursorJson.cursor(
              new SynapseRedaction.Place(
                  place.range(), place.place(), place.asked(), place.tries() + 1, null)),
          new Snooze(NEXT_TRY));
    }
    return new BatchOutcome(
        Math.max(0, place.asked() - failures.size()),
        0,
        failures,
        List.of(new ListEntry(range.target(), "synapse_tasks", task.id())),
        List.of(),
        next(redaction, place),
        null);
  }

  private static Failure failure(
      EventRange range, Candidates.Candidate event, JsonNode reasons, TaskCalls.Task task) {
    var reason = reasons.path(event.id()).asText(task.error());
    return new Failure(
        event.id(),
        range.target(),
        false,
        500,
        "M_UNKNOWN",
        reason.isEmpty() ? "Synapse's task " + task.id() + " did not redact it" : reason);
  }

  private List<Candidates.Candidate> rest(EventRange range, SynapseRedaction.Place place) {
    var list = candidates.of(range);
    return list.subList(Math.min(place.place(), list.size()), list.size());
  }

  private RemoteTask.Wanted wanted(
      Redaction redaction, EventRange range, List<Candidates.Candidate> rest) {
    var parameters = ServiceAccount.parameters();
    parameters.putArray("rooms").add(range.room());
    parameters.put("limit", Math.max(1, rest.size()));
    parameters.put("use_admin", redaction.asAdmin());
    rest.stream()
        .mapToLong(Candidates.Candidate::at)
        .min()
        .ifPresent(first -> parameters.put("after_ts", first));
    rest.stream()
        .mapToLong(Candidates.Candidate::at)
        .max()
        .ifPresent(last -> parameters.put("before_ts", last));
    var reason = redaction.reason();
    if (reason != null && !reason.isEmpty()) {
      parameters.put("reason", reason);
    }
    return new RemoteTask.Wanted(
        TaskAction.REDACT,
        range.user(),
        () -> users.redact(range.user(), parameters),
        answer -> answer.path("redact_id").asText(),
        false); // events of the broken one would get a second redaction
  }

  private static @Nullable Cursor next(Redaction redaction, SynapseRedaction.Place place) {
    return place.range() + 1 < redaction.ranges().size()
        ? CursorJson.cursor(new SynapseRedaction.Place(place.range() + 1, 0, 0, 0, null))
        : null;
  }
}
