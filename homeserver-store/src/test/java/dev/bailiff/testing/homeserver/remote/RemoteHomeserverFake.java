package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.selection.SelectionPort;
import dev.bailiff.homeserver.suspension.SuspensionPort;
import dev.bailiff.testing.homeserver.Community;
import java.util.List;
import java.util.Map;

/**
 * A remote homeserver, as the port appears when HTTP is behind it: operations take their time, must
 * come again later, or lose their answers ({@link RemoteConditions}). Redactions and purges are
 * tasks of the other side that are started once and polled. A room is one range. The fake contains
 * the example community.
 *
 * <p><b>Concurrency:</b> thread-safe; effects exclude each other, waiting does not.
 */
public final class RemoteHomeserverFake implements Homeserver {
  private final RemoteServer server;
  private final RemoteCalls calls;
  private final DeactivationPort deactivation;
  private final SuspensionPort suspension;
  private final RedactionPort redaction;
  private final RoomDeletionPort roomDeletion;
  private final HistoryPort history;
  private final MediaPort media;
  private final SelectionPort selection;
  private final CountingPort counting;

  public RemoteHomeserverFake(RemoteConditions conditions) {
    this(CommunityRecords.load(), conditions);
  }

  RemoteHomeserverFake(RemoteServer server, RemoteConditions conditions) {
    this.server = server;
    this.calls = new RemoteCalls(server, conditions);
    this.deactivation = new RemoteDeactivation(server, calls);
    this.suspension = new RemoteSuspension(server, calls);
    this.redaction = new RemoteRedaction(server, calls);
    this.roomDeletion = new RemoteRoomDeletion(server, calls);
    this.history = new RemoteHistory(server, calls);
    this.media = new RemoteMedia(server, calls);
    this.selection = new RemoteSelection(server, calls);
    this.counting = new RemoteCounting(server, calls);
  }

  /** All users that have an account. */
  public String[] users() {
    return server.users.keySet().toArray(String[]::new);
  }

  /** Rooms that have an alias. */
  public String[] roomsWithAliases() {
    return server.rooms.entrySet().stream()
        .filter(room -> !room.getValue().aliases.isEmpty())
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }

  /** All media. */
  public String[] mediaIds() {
    return server.media.keySet().toArray(String[]::new);
  }

  /** The media of a user. */
  public List<String> mediaOf(String user) {
    return server.media.entrySet().stream()
        .filter(medium -> medium.getValue().user().equals(user))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public DeactivationPort deactivation() {
    return deactivation;
  }

  @Override
  public SuspensionPort suspension() {
    return suspension;
  }

  @Override
  public RedactionPort redaction() {
    return redaction;
  }

  @Override
  public RoomDeletionPort roomDeletion() {
    return roomDeletion;
  }

  @Override
  public HistoryPort history() {
    return history;
  }

  @Override
  public MediaPort media() {
    return media;
  }

  @Override
  public SelectionPort selection() {
    return selection;
  }

  @Override
  public CountingPort counting() {
    return counting;
  }

  @Override
  public HomeserverTraits traits() {
    return HomeserverTraits.remote();
  }

  @Override
  public String serverName() {
    return Community.SERVER;
  }

  @Override
  public List<Target> unknownUsers(List<Target> users) {
    return calls.read(
        () ->
            users.stream()
                .filter(
                    user -> !server.users.containsKey(user.id()) && !server.isAnywhere(user.id()))
                .toList());
  }

  @Override
  public List<String> unknownRooms(List<String> rooms) {
    return calls.read(
        () -> rooms.stream().filter(room -> !server.rooms.containsKey(room)).toList());
  }
}
