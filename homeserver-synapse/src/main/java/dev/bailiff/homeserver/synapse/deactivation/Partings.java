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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until closed accounts have left their rooms. Synapse leaves the rooms by itself, about 20 a
 * second, one user after the other. A user who has not left a room for {@link #STALLED} is
 * deactivated once more, which is harmless and begins again; after {@value #MOST_REMINDERS} times
 * the user's rooms fail. They fail at once if the user was reactivated: nobody leaves them then.
 *
 * <p>Each question keeps Synapse from leaving rooms. So a look asks only for the users around the
 * one whose rooms are being left, as long as Synapse keeps to the order of the users, and the next
 * look comes when half of the rooms should be left.
 */
final class Partings {
  private static final Logger LOG = LoggerFactory.getLogger(Partings.class);
  private static final int PARALLEL = 8;
  private static final int MOST_REMINDERS = 3;

  /** Failures of one user that a batch lists. */
  private static final int MOST_FAILURES = 500;

  private static final Duration STALLED = Duration.ofMinutes(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

  private final UserCalls users;
  private final ItemCalls calls;
  private final InstantSource clock;

  /**
   * When any user of this process last left a room, ms since the epoch. Synapse works one user
   * after the other, so a user in the middle of its queue is not stalled while others leave.
   */
  private final AtomicLong lastProgress = new AtomicLong();

  Partings(UserCalls users, ItemCalls calls) {
    this(users, calls, InstantSource.system());
  }

  Partings(UserCalls users, ItemCalls calls, InstantSource clock) {
    this.users = users;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * The place of a wait.
   *
   * @param user number of the first user who may have rooms left
   * @param rooms rooms of each user who had some left when somebody looked, by number of the user;
   *     0 for users whom no look has reached
   * @param since when a room was last left, ms since the epoch
   * @param lookedAt ms since the epoch
   * @param reminders how often the first user was deactivated again
   * @param pause milliseconds until the next look
   */
  record Place(
      int user, Map<Integer, Long> rooms, long since, long lookedAt, int reminders, long pause) {

    long left() {
      return RoomsLeft.sum(rooms);
    }
  }

  List<Long> joinedRooms(List<Target> targets) {
    return calls.readFirst(targets, PARALLEL, user -> (long) users.joinedRooms(user.id()).size());
  }

  BatchOutcome await(RoomParting parting, BatchCommit commit) {
    long now = clock.millis();
    var after = parting.after();
    var place = after == null ? null : CursorJson.read(after.value(), Place.class);
    var waiting =
        parting.users().stream()
            .filter(user -> place == null || place.rooms().containsKey(user.number()))
            .toList();
    var look = new RoomsLeft(waiting, place == null ? Map.of() : place.rooms());
    look(waiting, look, place == null);
    var rooms = look.rooms();
    long left = look.left();
    if (rooms.isEmpty()) {
      // The rooms that were left before the first look count as passed over.
      return commit.record(BatchOutcome.of(place == null ? 0 : place.left(), 0, null));
    }
    var user =
        waiting.stream().filter(each -> rooms.containsKey(each.number())).findFirst().orElseThrow();
    long gone = place == null ? 0 : Math.max(0, place.left() + look.learned() - left);
    if (gone > 0) {
      lastProgress.set(now);
    }
    if (place == null || gone > 0 || place.user() != user.number()) {
      long pause =
          place == null || gone == 0
              ? FIRST_PAUSE.toMillis()
              : bounded(left * (now - place.lookedAt()) / gone / 2);
      return record(commit, gone, new Place(user.number(), rooms, now, now, 0, pause));
    }
    var account = users.user(user.id()).filter(UserCalls.User::deactivated);
    if (account.isEmpty()) {
      return giveUp(user, rooms, "the user was reactivated meanwhile", commit, now);
    }
    long pause = bounded(place.pause() * 2);
    if (now - Math.max(place.since(), lastProgress.get()) < STALLED.toMillis()) {
      return record(
          commit, 0, new Place(place.user(), rooms, place.since(), now, place.reminders(), pause));
    }
    if (place.reminders() >= MOST_REMINDERS) {
      return giveUp(user, rooms, "Synapse does not leave the rooms of this user", commit, now);
    }
    return remind(place, user, rooms, account.get().erased(), commit, now);
  }

  /**
   * Reads the rooms of some users at a time, up to the first users behind a change who have all
   * their rooms: Synapse has not come to those behind them. Without a change it reads all, as far
   * as the time of one read goes.
   */
  private void look(List<Target> waiting, RoomsLeft rooms, boolean all) {
    var isOver = calls.readTime().begin();
    boolean changes = false;
    for (int from = 0;
        from < waiting.size() && (from == 0 || !isOver.getAsBoolean());
        from += PARALLEL) {
      var asked = waiting.subList(from, Math.min(waiting.size(), from + PARALLEL));
      boolean changed = rooms.put(asked, joinedRooms(asked));
      if (!all && changes && !changed) {
        return;
      }
      changes |= changed;
    }
  }

  private static long bounded(long pause) {
    return Math.max(FIRST_PAUSE.toMillis(), Math.min(LAST_PAUSE.toMillis(), pause));
  }

  private BatchOutcome remind(
      Place place,
      Target user,
      Map<Integer, Long> rooms,
      boolean erased,
      BatchCommit commit,
      long now) {
    commit.fence();
    try {
      users.deactivate(user.id(), erased);
    } catch (NoAnswerException | RateLimitedException e) {
      LOG.debug("a reminder was not answered: {}", e.toString());
    }
    return record(
        commit,
        0,
        new Place(place.user(), rooms, now, now, place.reminders() + 1, FIRST_PAUSE.toMillis()));
  }

  private static BatchOutcome giveUp(
      Target user, Map<Integer, Long> rooms, String why, BatchCommit commit, long now) {
    Map<Integer, Long> others = new TreeMap<>(rooms);
    long given = Objects.requireNonNull(others.remove(user.number()));
    var failures = new ArrayList<Failure>();
    for (long n = 0; n < Math.min(given, MOST_FAILURES); n++) {
      failures.add(new Failure(user.id(), user.number(), false, 500, "M_UNKNOWN", why));
    }
    var next = new Place(user.number() + 1, others, now, now, 0, FIRST_PAUSE.toMillis());
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
