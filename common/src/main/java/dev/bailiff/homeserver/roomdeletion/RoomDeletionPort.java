package dev.bailiff.homeserver.roomdeletion;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms: the work of {@code delete-rooms}. {@code Homeserver} describes shape, lists, repetition,
 * time and errors.
 */
public interface RoomDeletionPort {

  /**
   * Blocks rooms and creates their replacements. Facts: {@code new_room_id}, {@code known} ({@code
   * true}, {@code false}).
   */
  BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit);

  /**
   * Local members with membership join, invite or knock, as ranges of at most {@code size} users
   * each.
   */
  RangePage memberRanges(Target room, @Nullable Cursor after, int size);

  /** Removes members. One item per member. */
  BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit);

  /**
   * Posts the message and moves the aliases. One item per alias. The call acts like a list of one
   * target: {@code next} is the room while the room has more aliases.
   */
  BatchOutcome moveAliases(AliasMove move, BatchCommit commit);

  /**
   * The rooms in which a local user is joined now, which forbids a purge unless the purge is
   * forced.
   */
  List<Target> roomsWithLocalMembers(List<Target> rooms);

  /**
   * The media that the events of a room show and that could be deleted: files of this server and
   * copies, neither in quarantine nor protected.
   *
   * @param size number of events to look at, at most
   * @throws UnsupportedOperationException if the homeserver does not tell what uses a file
   */
  default ShownFiles shownFiles(Target room, @Nullable Cursor after, int size) {
    throw new UnsupportedOperationException("this homeserver does not tell what shows a file");
  }

  /**
   * Whether rooms may have ranges of events that are purged before {@link #finishPurge}, which
   * refuses a room by itself. If not, {@link #purgeRanges} is always empty and need not be asked.
   */
  default boolean purgesInRanges() {
    return true;
  }

  /** All events of a room, as ranges of at most {@code size} events each. */
  RangePage purgeRanges(Target room, @Nullable Cursor after, int size);

  /** Deletes a range of events with everything that depends on them. One item per event. */
  BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit);

  /**
   * Deletes the rest of a room after its events: events that came late, state, memberships,
   * aliases, receipts, per-room account data, the room itself. Local users still joined fail the
   * room unless {@code force} of the closing (400 {@code M_UNKNOWN}). If more late events came than
   * fit a batch, {@code next} is set and the call is repeated.
   */
  BatchOutcome finishPurge(RoomClosing closing, BatchCommit commit);

  /**
   * Whether anything is left of rooms. Returns verdicts of the first one or more rooms, in the
   * order asked.
   *
   * @param purged whether the rooms were to be purged; otherwise only local members count as left
   *     over
   */
  List<Verdict> verifyRooms(List<Target> rooms, boolean purged);

  /**
   * Whether any of the rooms may still be joined. Returns verdicts of the first one or more rooms,
   * in the order asked.
   */
  List<Verdict> verifyBlocked(List<Target> rooms);
}
