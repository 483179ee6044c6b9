package dev.bailiff.homeserver;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.roomdeletion.RoomPurge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The homeserver that workers act on (design part 7). It holds what jobs need and no more.
 *
 * <p><b>Shape:</b> reads ({@code …Ranges}, {@code verify…}) change nothing, come in pages and may
 * be repeated. Operations take a batch and a {@link BatchCommit}, do at most {@code size} items,
 * call {@code commit.fence()} before and {@code commit.record(outcome)} after their effect, and
 * return what they recorded. An outcome without {@code next} has finished its range.
 *
 * <p><b>Lists:</b> an operation on a list of targets settles a prefix of it. {@code next} is then
 * {@link Target#cursor} of the first target that is not settled; null means all are. A list of
 * media goes on at {@link dev.bailiff.homeserver.media.MediaItem#cursor}. {@code later} without
 * {@code next} means the same place again: nothing is settled, or what is settled comes out as
 * skipped.
 *
 * <p><b>Twice:</b> every operation may be asked again for what it has done already (a crash before
 * the checkpoint); it then changes nothing and counts the items as skipped. A stage that fits one
 * segment may be planned again as well, and then counts only what is left.
 *
 * <p><b>Time:</b> no call outlasts 10 s. What takes longer on the other side answers with {@link
 * BatchOutcome#later}; what takes longer because there is much of it settles a prefix, or answers
 * with a page.
 *
 * <p><b>Errors:</b> {@link dev.bailiff.homeserver.batch.BatchRefusedException}, {@link
 * dev.bailiff.homeserver.batch.HomeserverUnavailableException}; what concerns one item is an {@link
 * dev.bailiff.homeserver.batch.ItemFailure} of the outcome.
 *
 * <p><b>Concurrency:</b> thread-safe; batches of different segments run side by side.
 */
public interface Homeserver {

  /** What sets it apart from others. Always the same. */
  HomeserverTraits traits();

  /** Name of the server, the part after the colon of its users' ids. */
  String serverName();

  // What is there at all

  /**
   * Those of the users of whom nothing is there: no account, no room, no event. In the order asked.
   */
  List<Target> unknownUsers(List<Target> users);

  /** Those of the rooms of which no event is there. In the order asked. */
  List<String> unknownRooms(List<String> rooms);

  // Accounts: deactivate-users

  /**
   * Closes accounts. Facts: {@code id_server_unbind_result} ({@code success}, {@code no-support}).
   * One item a user.
   */
  BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit);

  /** How many rooms each of the users is joined to, in the order asked. */
  List<Long> joinedRooms(List<Target> users);

  /** Makes users leave. One item a room left. */
  BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit);

  /**
   * Whether anything is left of what deactivation takes away. Verdicts of the first one or more of
   * the users, in the order asked.
   */
  List<Verdict> verifyAccounts(List<Target> users, boolean erase);

  // Events: redact-events

  /**
   * The rooms in which a user's events are redacted when none are named: joined ones and those the
   * user is banned from (admin-api C9).
   *
   * @return at most {@code limit} room ids in ascending order, beginning behind {@code after}
   *     (null: at the start)
   */
  List<String> redactableRooms(String user, @Nullable String after, int limit);

  /**
   * Candidates for redaction, as ranges of at most {@code size} events each; a range never spans
   * users.
   */
  RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size);

  /**
   * Redacts. One item a candidate: done, or skipped (membership other than join, already redacted),
   * or failed.
   */
  BatchOutcome redact(Redaction redaction, BatchCommit commit);

  /** How many candidates of a scope are not redacted. */
  Verdict verifyRedaction(RedactionScope scope);

  // Rooms: delete-rooms

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

  /** Removes members. One item a member. */
  BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit);

  /**
   * Posts the message and moves the aliases. One item an alias. A list of one target: {@code next}
   * is the room while it has more aliases.
   */
  BatchOutcome moveAliases(AliasMove move, BatchCommit commit);

  /**
   * Those of the rooms in which a local user is joined now, which forbids a purge unless it is
   * forced.
   */
  List<Target> roomsWithLocalMembers(List<Target> rooms);

  /** All events of a room, as ranges of at most {@code size} events each. */
  RangePage purgeRanges(Target room, @Nullable Cursor after, int size);

  /** Deletes a range of events with all that hangs on them. One item an event. */
  BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit);

  /**
   * Deletes what is left of a room after its events: what came late, state, memberships, aliases,
   * receipts, per-room account data, the room itself. Local users still joined fail the room unless
   * {@code force} (400 {@code M_UNKNOWN}). More late events than fit a batch: {@code next} is set
   * and the call is repeated.
   */
  BatchOutcome finishPurge(
      Target room, boolean force, @Nullable Cursor after, int size, BatchCommit commit);

  /**
   * Whether anything is left of rooms. Verdicts of the first one or more of them, in the order
   * asked.
   *
   * @param purged whether the rooms were to be purged; otherwise only local members count as left
   *     over
   */
  List<Verdict> verifyRooms(List<Target> rooms, boolean purged);

  // Rooms: purge-history

  /**
   * Fixes where the purge of each room's history ends, before anything of it is gone. Facts: {@code
   * known} ({@code true}, {@code false}); {@code cut_off}, opaque, at most a few hundred
   * characters; a room without it has nothing to purge. A cut-off beyond the newest event fails the
   * room (400 {@code M_UNKNOWN}): one event must remain. One item a room.
   */
  BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit);

  /**
   * What a purge of history looks at, as ranges of at most {@code size} events each. Events that
   * arrive after the cut-off was fixed are in none.
   */
  RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size);

  /**
   * Purges a range of events: messages are deleted for good; state, and unless the scope says
   * otherwise messages of local users, are kept and only detached from the timeline. One item an
   * event: done if it was deleted or detached, skipped if it was detached before.
   */
  BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit);

  /** How many events of a scope are left that should be deleted or detached. */
  Verdict verifyHistory(HistoryScope scope);

  // Media: delete-media

  /**
   * Local media in use as avatar: of a user anywhere, of a room now. An id may come more than once.
   *
   * @param size at most so many records are looked at
   */
  MediaPage avatarMedia(@Nullable Cursor after, int size);

  /** Media of a scope, as ranges of at most {@code size} media each. */
  RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size);

  /** Media that are left of a range, in the order of the range. */
  MediaPage media(Range range, @Nullable Cursor after, int size);

  /**
   * Deletes media: file, thumbnails, records. One item a medium: done, skipped (not there, or not
   * selected any more), or failed (its file or a thumbnail cannot be removed; the records stay).
   * The outcome has no {@code next}.
   */
  BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit);

  /** Those of the media of which a record is left, in the order asked. */
  List<String> mediaLeft(List<String> ids);
}
