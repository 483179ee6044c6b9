package dev.bailiff.homeserver;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import java.util.List;

/**
 * The homeserver that workers act on. It holds what jobs need and no more.
 *
 * <p><b>Shape:</b> reads ({@code …Ranges}, {@code verify…}) change nothing, come in pages and may
 * be repeated. Operations take a batch and a {@link BatchCommit}, do at most {@code size} items,
 * call {@code commit.fence()} before and {@code commit.record(outcome)} after their effect, and
 * return the outcome that {@code record} returned. An outcome without {@code next} has finished its
 * range.
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
 * dev.bailiff.homeserver.batch.Failure} of the outcome.
 *
 * <p><b>Concurrency:</b> thread-safe; batches of different segments run side by side.
 */
public interface Homeserver extends AutoCloseable {

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

  // What a feature needs, for the kind of job of that name

  DeactivationPort deactivation();

  RedactionPort redaction();

  RoomDeletionPort roomDeletion();

  HistoryPort history();

  MediaPort media();

  /** Ends what runs beside the calls. No call is made afterwards. */
  @Override
  default void close() {}
}
