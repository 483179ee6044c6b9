package dev.bailiff.homeserver.synapse.redaction;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.synapse.api.EventCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.batch.ListBatches;
import dev.bailiff.homeserver.synapse.batch.Settlement;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import dev.bailiff.homeserver.synapse.pace.PacedCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Redactions that the application service sends as the user.
 *
 * <p><b>Twice:</b> a transaction id does not make the call safe to repeat: Synapse remembers it in
 * memory, for each token. So the list of a range is read when the range is begun, and what is
 * redacted is skipped. The list is forgotten after a call without an answer, and if the outcome of
 * a batch could not be recorded.
 *
 * <p><b>Forks:</b> redactions that are under way at the same time do not come after each other:
 * each is a forward extremity of the room until a later event joins it to others, and many of these
 * slow the room down. So a room that has many of them gets the next few redactions one by one,
 * whoever made the forks: several ranges of a room may be worked at a time. The last few redactions
 * of a range are sent one by one, too.
 */
final class SentRedactions {
  private static final int LISTS = 1000;

  /** A room with more forks gets its next redactions one by one. */
  private static final int MOST_FORKS = 30;

  /**
   * An event of Synapse comes after ten forward extremities of its room at most, so these few join
   * more than a range can leave.
   */
  private static final int JOINING = 8;

  /** After so many, the forks of the room are counted again. */
  private static final int BETWEEN_COUNTS = 24;

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Candidates candidates;
  private final ItemCalls calls;
  private final @Nullable ServiceAccount appservice;
  private final int parallel;
  private final Cache<EventRange, List<Candidates.Candidate>> lists =
      Caffeine.newBuilder().maximumSize(LISTS).expireAfterWrite(KEPT).build();

  SentRedactions(
      Candidates candidates, ItemCalls calls, @Nullable ServiceAccount appservice, int parallel) {
    this.candidates = candidates;
    this.calls = calls;
    this.appservice = appservice;
    this.parallel = parallel;
  }

  /** Whether there is an application service. */
  boolean isPossible() {
    return appservice != null;
  }

  /**
   * Redacts some candidates of a range.
   *
   * @return null if the sender is not in the room, before anything was changed
   */
  @Nullable BatchOutcome redact(
      Redaction redaction, EventRange range, SynapseRedaction.Place place, BatchCommit commit) {
    if (place.place() == 0) {
      lists.invalidate(range); // an earlier run may have read it
    }
    var list = list(range);
    int from = Math.min(place.place(), list.size());
    int end = Math.min(list.size(), from + Math.max(1, redaction.size()));
    int last = Math.max(0, list.size() - JOINING);
    boolean joins = from >= last || forks(range) > MOST_FORKS;
    int most = from + (joins ? JOINING : BETWEEN_COUNTS);
    var batch = list.subList(from, Math.min(Math.min(end, most), joins ? end : last));
    commit.fence();
    var notInRoom = new AtomicBoolean();
    var prefix =
        calls.settle(
            "redact",
            batch,
            joins ? 1 : parallel,
            false,
            commit,
            event -> new ItemCalls.Name(event.id(), range.target()),
            (event, paced) -> {
              var settlement = one(redaction, range, event, paced);
              if (settlement == null) {
                notInRoom.set(true);
                return new Settlement.Open(Duration.ZERO);
              }
              return settlement;
            });
    int settled = prefix.settled().size();
    if (settled == 0 && notInRoom.get()) {
      return null;
    }
    var next = next(redaction, place, list.size(), from + settled);
    var outcome = ListBatches.outcome(prefix, next);
    boolean certain = false;
    try {
      var recorded = commit.record(notInRoom.get() ? withoutWait(outcome) : outcome);
      certain = prefix.again() == null;
      return recorded;
    } finally {
      if (!certain) {
        lists.invalidate(range);
      }
    }
  }

  private int forks(EventRange range) {
    return candidates.rooms().newestDepths(range.room()).size();
  }

  private static BatchOutcome withoutWait(BatchOutcome outcome) {
    return new BatchOutcome(
        outcome.done(),
        outcome.skipped(),
        outcome.failures(),
        outcome.listEntries(),
        outcome.facts(),
        outcome.next(),
        null,
        outcome.effects());
  }

  private @Nullable Cursor next(
      Redaction redaction, SynapseRedaction.Place place, int size, int settled) {
    if (settled < size) {
      return CursorJson.cursor(new SynapseRedaction.Place(place.range(), settled, 0, 0, null));
    }
    return place.range() + 1 < redaction.ranges().size()
        ? CursorJson.cursor(new SynapseRedaction.Place(place.range() + 1, 0, 0, 0, null))
        : null;
  }

  /** Null if the sender is not in the room. */
  private @Nullable Settlement one(
      Redaction redaction, EventRange range, Candidates.Candidate event, PacedCalls paced) {
    if (!event.open()) {
      return Settlement.skipped();
    }
    var account = appservice;
    if (account == null) {
      return null;
    }
    var answer =
        paced.send(
            () ->
                EventCalls.redact(
                    account,
                    range.room(),
                    event.id(),
                    redaction.job() + "-" + event.id(),
                    sender(redaction, range),
                    redaction.reason()));
    if (answer.status() == 403 && answer.error().contains("not in room")) {
      return null;
    }
    answer.orThrow();
    return Settlement.done();
  }

  private String sender(Redaction redaction, EventRange range) {
    var server = redaction.admin().substring(redaction.admin().indexOf(':'));
    boolean own = !redaction.asAdmin() && range.user().endsWith(server);
    return own ? range.user() : redaction.admin();
  }

  private List<Candidates.Candidate> list(EventRange range) {
    return lists.get(range, any -> candidates.of(range));
  }
}
