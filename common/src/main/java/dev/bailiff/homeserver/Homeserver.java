package dev.bailiff.homeserver;

import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.guard.GuardPort;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The homeserver that workers act on, reduced to the calls that jobs need.
 *
 * <p><b>Shape:</b> reads ({@code …Ranges}, {@code verify…}) change nothing, come in pages and may
 * be repeated. Operations take a batch and a {@link BatchCommit}, do at most {@code size} items,
 * call {@code commit.fence()} before and {@code commit.record(outcome)} after their effect, and
 * return the outcome that {@code record} returned. An outcome without {@code next} has finished its
 * range.
 *
 * <p><b>Lists:</b> an operation on a list of targets settles a prefix of the list. {@code next} is
 * then {@link Target#cursor} of the first target that is not settled; null means all are settled. A
 * list of media goes on at {@link dev.bailiff.homeserver.media.MediaDeletion#placeBehind}. {@code
 * later} without {@code next} means the same place again: nothing is settled, or the settled items
 * are skipped when the call is repeated.
 *
 * <p><b>Twice:</b> every operation may be repeated for work that it has done already (after a crash
 * before the checkpoint); it then changes nothing and counts the items as skipped. A stage that
 * fits one segment may be planned again as well, and then counts only the items that are left.
 *
 * <p><b>Time:</b> no call outlasts 10 s. If the other side takes longer, the call returns {@link
 * BatchOutcome#later}. If there is too much work for one call, it settles a prefix, or returns a
 * page.
 *
 * <p><b>Errors:</b> {@link dev.bailiff.homeserver.batch.BatchRefusedException}, {@link
 * dev.bailiff.homeserver.batch.HomeserverUnavailableException}; an error of one item is a {@link
 * dev.bailiff.homeserver.batch.Failure} of the outcome.
 *
 * <p><b>Concurrency:</b> thread-safe; batches of different segments run side by side.
 */
public interface Homeserver extends AutoCloseable {

  /** The properties in which this homeserver differs from others. They never change. */
  HomeserverTraits traits();

  /** Name of the server: the part of its users' ids after the colon. */
  String serverName();

  /**
   * From now on acts on one server alone. If a server of another name answers in its place, every
   * call ends with {@link dev.bailiff.homeserver.batch.HomeserverUnavailableException}.
   *
   * @param serverName the name of the server that the jobs act on; empty if no process knows it
   *     yet, then the first one that answers is held to
   */
  default void holdTo(Supplier<Optional<String>> serverName) {}

  // Checks for unknown ids

  /**
   * The users of whom the homeserver has no trace: no account, no room, no event. In the order
   * asked.
   */
  List<Target> unknownUsers(List<Target> users);

  /** The rooms of which the homeserver has no event. In the order asked. */
  List<String> unknownRooms(List<String> rooms);

  // One port for each feature

  DeactivationPort deactivation();

  SuspensionPort suspension();

  RedactionPort redaction();

  RoomDeletionPort roomDeletion();

  HistoryPort history();

  MediaPort media();

  /** Finds targets of any kind of job. */
  SelectionPort selection();

  /** Counts what jobs of any kind would work. */
  CountingPort counting();

  /** Tells which accounts jobs leave alone. */
  default GuardPort guard() {
    return GuardPort.NONE;
  }

  /** Figures for the metrics of a worker, by name. Reading one asks nobody. */
  default Map<String, Supplier<Number>> gauges() {
    return Map.of();
  }

  /** Ends all background work. No call is made afterwards. */
  @Override
  default void close() {}
}
