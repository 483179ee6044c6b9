package dev.bailiff.homeserver.synapse.roomdeletion;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import dev.bailiff.homeserver.synapse.purge.PurgeStep;
import dev.bailiff.homeserver.synapse.purge.SqlPurge;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Purges the timelines of large rooms by direct SQL, before Synapse purges the rest.
 *
 * <p><b>Block:</b> the room is blocked before its first event is deleted, as a member that returned
 * would find half a room. A job that did not ask for the block ends it after the purge. A room
 * whose purge ends early stays blocked. A room that somebody unblocks meanwhile fails.
 *
 * <p><b>Facts:</b> {@code purge_way} is {@code sql}, or {@code synapse: } and the reason. {@code
 * stays_blocked} says whether the room is blocked when the job is done.
 *
 * <p><b>Crash:</b> a batch is fence → transactions → record, and {@link SqlPurge} may repeat every
 * transaction. The block and its end may be repeated as well.
 */
final class LargePurges {
  static final String STAYS_BLOCKED = "stays_blocked";
  private static final String WAY = "purge_way";
  private static final String SQL = "sql";
  private static final String SYNAPSE = "synapse: ";

  /** Counting the events of a part may take a second. */
  private static final int PARTS_A_PAGE = 4;

  /** No transaction is begun later in a batch: a cancelled job stops within that time. */
  private static final Duration BATCH = Duration.ofMillis(400);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final RoomCalls rooms;
  private final SqlPurge sql;
  private final InstantSource clock = InstantSource.system();

  LargePurges(RoomCalls rooms, SqlPurge sql) {
    this.rooms = rooms;
    this.sql = sql;
  }

  /**
   * The place of a purge in its range.
   *
   * @param position stream position up to which the events are gone
   * @param waiting since when the room makes the purge wait, ms since the epoch; 0 if it does not
   */
  record Place(long position, long waiting) {}

  /** The parts of a room's timeline; none if Synapse purges the room alone. */
  RangePage ranges(Target room, @Nullable Cursor after, int size) {
    if (after == null) {
      if (sql.refusal(room.id()).isPresent()) {
        return new RangePage(List.of(), null);
      }
      rooms.account().orAway(() -> rooms.block(room.id())).orThrow();
    }
    long place = after == null ? Long.MIN_VALUE : Long.parseLong(after.value());
    var parts = sql.parts(room.id(), place, size, PARTS_A_PAGE);
    var ranges =
        parts.stream()
            .map(part -> new Range(CursorJson.text(part.positions()), part.items()))
            .toList();
    return new RangePage(
        ranges,
        parts.size() < PARTS_A_PAGE
            ? null
            : new Cursor(Long.toString(parts.get(parts.size() - 1).positions().to())));
  }

  BatchOutcome purge(RoomPurge purge, BatchCommit commit) {
    var room = purge.room();
    var range = CursorJson.read(purge.range().value(), SqlPurge.Positions.class);
    var after = purge.after();
    var place =
        after == null ? new Place(range.from(), 0) : CursorJson.read(after.value(), Place.class);
    commit.fence();
    var rest = new SqlPurge.Positions(place.position(), range.to());
    return commit.record(
        outcome(room, range, place, sql.purge(room.id(), rest, purge.size(), BATCH)));
  }

  private BatchOutcome outcome(Target room, SqlPurge.Positions range, Place place, PurgeStep step) {
    if (step instanceof PurgeStep.Deleted deleted) {
      return goesOn(
          room,
          deleted.events(),
          deleted.last() < range.to() ? new Place(deleted.last(), 0) : null,
          null);
    }
    if (step instanceof PurgeStep.Later later) {
      return later(room, place, later);
    }
    if (step instanceof PurgeStep.Refused refused) {
      return refused(room, refused.events(), refused.reason());
    }
    var unblocked = (PurgeStep.Unblocked) step;
    var failure =
        new Failure(
            room.id(),
            room.number(),
            true,
            400,
            "M_UNKNOWN",
            "The room was unblocked during its purge; the rest of it is left");
    return new BatchOutcome(
        unblocked.events(), 0, List.of(failure), List.of(), List.of(), null, null);
  }

  private BatchOutcome later(Target room, Place place, PurgeStep.Later later) {
    if (!later.blocksPurge()) {
      return goesOn(room, later.events(), new Place(later.last(), 0), new Snooze(later.again()));
    }
    long now = clock.millis();
    long since = place.waiting() == 0 ? now : place.waiting();
    if (now - since >= LONGEST_WAIT.toMillis()) {
      return refused(
          room, 0, later.reason() + ", for more than " + LONGEST_WAIT.toMinutes() + " minutes");
    }
    return goesOn(room, 0, new Place(place.position(), since), new Snooze(later.again()));
  }

  private static BatchOutcome goesOn(
      Target room, long events, @Nullable Place next, @Nullable Snooze snooze) {
    return new BatchOutcome(
        events,
        0,
        List.of(),
        List.of(),
        events > 0 ? List.of(wayOf(room, SQL)) : List.of(),
        next == null ? null : CursorJson.cursor(next),
        snooze);
  }

  private static BatchOutcome refused(Target room, long events, String reason) {
    return new BatchOutcome(
        events, 0, List.of(), List.of(), List.of(wayOf(room, SYNAPSE + reason)), null, null);
  }

  private static Fact wayOf(Target room, String way) {
    return new Fact(room.number(), WAY, way);
  }

  /** Deletes rows that nothing links to the room after Synapse's purge. */
  void beforeEnd(Target room) {
    if (sql.isAllowed()) {
      sql.forgetExpiry(room.id());
    }
  }

  /** The way of a purge, if no range reported one. */
  List<Fact> way(RoomClosing closing) {
    if (closing.facts().containsKey(WAY)) {
      return List.of();
    }
    var room = closing.room();
    var reason = sql.refusal(room.id()).orElse("direct SQL was refused when the job planned it");
    return List.of(wayOf(room, SYNAPSE + reason));
  }

  /** Deletes the rows that Synapse forgot, and ends a block that nobody asked for. */
  void afterEnd(RoomClosing closing) {
    var room = closing.room();
    if (sql.isAllowed()) {
      sql.forget(room.id());
    }
    if ("false".equals(closing.facts().get(STAYS_BLOCKED))) {
      rooms.account().orAway(() -> rooms.unblock(room.id())).orThrow();
    }
  }

  /** What is left of a room in Synapse's tables, in words. */
  List<String> left(Target room) {
    return sql.isAllowed() ? sql.left(room.id()) : List.of();
  }
}
