package dev.bailiff.testing.homeserver.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomClosing;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.homeserver.roomdeletion.RoomShutdown;
import dev.bailiff.testing.homeserver.BatchDriver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of {@code delete-rooms}, each worked to its end. The replacements are the admin's. */
public record RoomDeletionSteps(RoomDeletionPort port, String admin) {
  private static final String JOB = "contract-job";
  private static final String MESSAGE = "This room has moved.";
  private static final int SIZE = 7;

  /** Blocks a room, and replaces it if it is known. */
  public BatchDriver.Total prepare(Target room) {
    return prepare(
        new RoomPreparation(List.of(room), admin, true, false, false, admin, "Moved", JOB));
  }

  /** Blocks a room that must be known. */
  public BatchDriver.Total prepareKnown(Target room) {
    return prepare(new RoomPreparation(List.of(room), admin, true, true, false, null, "name", JOB));
  }

  private BatchDriver.Total prepare(RoomPreparation preparation) {
    return BatchDriver.run((cursor, commit) -> port.prepareRooms(preparation, commit));
  }

  public List<Range> members(Target room) {
    return Ranges.of(cursor -> port.memberRanges(room, cursor, SIZE));
  }

  /** Removes all members of a room, which fit one range. */
  public BatchDriver.Total remove(Target room, @Nullable String newRoom) {
    List<Range> members = Ranges.of(cursor -> port.memberRanges(room, cursor, 1000));
    assertThat(members).hasSize(1);
    return remove(room, members.get(0), newRoom);
  }

  public BatchDriver.Total remove(Target room, Range range, @Nullable String newRoom) {
    RoomShutdown shutdown = new RoomShutdown(true, admin, "Moved", MESSAGE);
    return BatchDriver.run(
        (cursor, commit) ->
            port.removeMembers(
                new MemberRemoval(room, range, cursor, 3, newRoom, shutdown), commit));
  }

  public BatchDriver.Total moveAliases(Target room, @Nullable String newRoom) {
    AliasMove move = new AliasMove(room, String.valueOf(newRoom), admin, MESSAGE, admin, JOB);
    return BatchDriver.run((cursor, commit) -> port.moveAliases(move, commit));
  }

  /** Purges a room in which no local user is joined. */
  public void purge(Target room) {
    purgeEvents(room);
    assertThat(finish(room, false).failures()).isEmpty();
  }

  public void purgeEvents(Target room) {
    for (Range range : Ranges.of(cursor -> port.purgeRanges(room, cursor, 50))) {
      BatchDriver.Total purged =
          BatchDriver.run(
              (cursor, commit) -> port.purgeEvents(new RoomPurge(room, range, cursor, 20), commit));
      assertThat(purged.items()).isEqualTo(range.items());
    }
  }

  public BatchDriver.Total finish(Target room, boolean force) {
    return BatchDriver.run(
        (cursor, commit) -> port.finishPurge(new RoomClosing(room, force, cursor, 20), commit));
  }
}
