package dev.bailiff.homeserver.synapse.deactivation;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.batch.ItemCalls;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.RateLimitedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until closed accounts have left their rooms. Synapse leaves the rooms by itself, about 20 a
 * second, one user after the other. A user who has not left a room for {@link #STALLED} is
 * deactivated once more, which is harmless and begins again; after {@value #MOST_REMINDERS} times
 * the user's rooms fail.
 */
final class Partings {
  private static final Logger LOG = LoggerFactory.getLogger(Partings.class);
  private static final int PARALLEL = 8;
  private static final int MOST_REMINDERS = 3;
  private static final long FEW = 40;

  /** Failures of one user that a batch lists. */
  private static final int MOST_FAILURES = 500;

  private static final Duration STALLED = Duration.ofMinutes(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

  private final UserCalls users;
  private final ItemCalls calls;
  private final InstantSource clock = InstantSource.system();

  /**
   * When any user of this process last left a room, ms since the epoch. Synapse works one user
   * after the other, so a user in the middle of its queue is not stalled while others leave.
   */
  private final AtomicLong lastProgress = new AtomicLong();

  Partings(UserCalls users, ItemCalls calls) {
    this.users = users;
    this.calls = calls;
  }

  /**
   * The place of a wait.
   *
   * @param user number of the first user who may have rooms left
   * @param left rooms that the users from there on had when somebody looked
   * @param since when a room was last left, ms since the epoch
   * @param reminders how often the first user was deactivated again
   * @param pause milliseconds until the next look
   */
  record Place(int user, long left, long since, int reminders, long pause) {}

  List<Long> joinedRooms(List<Target> targets) {
    return calls.read(targets, PARALLEL, user -> (long) users.joinedRooms(user.id()).size());
  }

  BatchOutcome await(RoomParting parting, BatchCommit commit) {
    long now = clock.millis();
    var after = parting.after();
    var place = after == null ? null : CursorJson.read(after.value(), Place.class);
    int from = place == null ? 0 : place.user();
    var waiting = parting.users().stream().filter(user -> user.number() >= from).toList();
    var rooms = joinedRooms(waiting);
    long left = rooms.stream().mapToLong(Long::longValue).sum();
    if (left == 0) {
      // The rooms that were left before the first look count as passed over.
      return commit.record(BatchOutcome.of(place == null ? 0 : place.left(), 0, null));
    }
    int first = 0;
    while (rooms.get(first) == 0) {
      first++;
    }
    var user = waiting.get(first);
    long gone = place == null ? 0 : Math.max(0, place.left() - left);
    if (gone > 0) {
      lastProgress.set(now);
    }
    boolean sameUser = place != null && place.user() == user.number();
    if (place == null || gone > 0 || !sameUser) {
      return record(commit, gone, new Place(user.number(), left, now, 0, pauseFor(left)));
    }
    long pause = Math.min(LAST_PAUSE.toMillis(), place.pause() * 2);
    if (now - Math.max(place.since(), lastProgress.get()) < STALLED.toMillis()) {
      return record(
          commit, 0, new Place(place.user(), left, place.since(), place.reminders(), pause));
    }
    return remind(place, user, rooms.get(first), left, commit, now);
  }

  /** Few rooms are left soon; many must not be asked for all the time. */
  private static long pauseFor(long left) {
    return left <= FEW ? FIRST_PAUSE.toMillis() : LAST_PAUSE.toMillis() / 2;
  }

  private BatchOutcome remind(
      Place place, Target user, long rooms, long left, BatchCommit commit, long now) {
    var account = users.user(user.id());
    boolean closed = account.isPresent() && account.get().deactivated();
    if (!closed || place.reminders() >= MOST_REMINDERS) {
      var why =
          closed
              ? "Synapse does not leave the rooms of this user"
              : "the user was reactivated meanwhile";
      return giveUp(user, rooms, left, why, commit, now);
    }
    commit.fence();
    try {
      users.deactivate(user.id(), account.get().erased());
    } catch (NoAnswerException | RateLimitedException e) {
      LOG.debug("a reminder was not answered: {}", e.toString());
    }
    return record(
        commit,
        0,
        new Place(place.user(), left, now, place.reminders() + 1, FIRST_PAUSE.toMillis()));
  }

  private static BatchOutcome giveUp(
      Target user, long rooms, long left, String why, BatchCommit commit, long now) {
    var failures = new ArrayList<Failure>();
    for (long n = 0; n < Math.min(rooms, MOST_FAILURES); n++) {
      failures.add(new Failure(user.id(), user.number(), false, 500, "M_UNKNOWN", why));
    }
    var next = new Place(user.number() + 1, left - rooms, now, 0, FIRST_PAUSE.toMillis());
    return commit.record(
        new BatchOutcome(0, 0, failures, List.of(), List.of(), CursorJson.cursor(next), null));
  }

  private static BatchOutcome record(BatchCommit commit, long gone, Place place) {
    return commit.record(
        new BatchOutcome(
            gone,
            0,
            List.of(),
            List.of(),
            List.of(),
            CursorJson.cursor(place),
            new Snooze(Duration.ofMillis(place.pause()))));
  }
}
