package dev.bailiff.homeserver.synapse.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.homeserver.counting.SweptMedia;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.synapse.api.MediaCalls;
import dev.bailiff.homeserver.synapse.api.RoomCalls;
import dev.bailiff.homeserver.synapse.api.UserCalls;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Counts by Synapse's API. It tells accounts, joined rooms, members, and files of a user; it tells
 * neither how many events a user sent or a room has, nor how large files are.
 */
public final class SynapseCounting implements CountingPort {
  private final UserCalls users;
  private final RoomCalls rooms;
  private final MediaCalls media;
  private final Supplier<String> serverName;
  private final FirstReads reads;

  public SynapseCounting(
      UserCalls users,
      RoomCalls rooms,
      MediaCalls media,
      Supplier<String> serverName,
      FirstReads reads) {
    this.users = users;
    this.rooms = rooms;
    this.media = media;
    this.serverName = serverName;
    this.reads = reads;
  }

  @Override
  public Counted accounts(List<Target> targets, boolean erase) {
    return each(targets, target -> account(target, erase));
  }

  private Counted account(Target target, boolean erase) {
    var user = users.user(target.id());
    if (user.isEmpty()) {
      return Counted.leftOut(target.number(), "has no account here");
    }
    long rooms = users.memberships(target.id()).values().stream().filter("join"::equals).count();
    return user.get().deactivated() && rooms == 0 && (!erase || user.get().erased())
        ? Counted.leftOut(target.number(), "is deactivated already, and in no room")
        : Counted.one(Numbers.of(ACCOUNTS, 1).with(MEMBERSHIPS, rooms));
  }

  @Override
  public Counted events(UserEvents asked) {
    return each(
        asked.users(),
        user ->
            isKnown(user.id())
                ? Counted.one(Numbers.of(ACCOUNTS, 1).withUnknown(EVENTS))
                : Counted.leftOut(user.number(), "no such user is known"));
  }

  /** A user of another server has no account here, but may be or have been in rooms. */
  private boolean isKnown(String user) {
    return users.user(user).isPresent() || !users.memberships(user).isEmpty();
  }

  @Override
  public Counted rooms(List<Target> targets, boolean purge, boolean keepsUnknown) {
    return each(
        targets,
        target -> {
          var room = rooms.room(target.id());
          if (room.isEmpty() && !keepsUnknown) {
            return unknownRoom(target);
          }
          long members = room.map(known -> known.joinedLocalMembers()).orElse(0L);
          var numbers = Numbers.of(ROOMS, 1).with(MEMBERSHIPS, members);
          return Counted.one(purge ? numbers.withUnknown(EVENTS) : numbers);
        });
  }

  @Override
  public Counted members(List<Target> targets) {
    return each(
        targets,
        target ->
            Counted.one(
                Numbers.of(
                    LARGEST_ROOM,
                    rooms.room(target.id()).map(known -> known.joinedMembers()).orElse(0L))));
  }

  private static Counted unknownRoom(Target room) {
    return Counted.leftOut(room.number(), "no such room is known");
  }

  @Override
  public Counted history(HistoryPreparation asked, boolean localEvents) {
    return each(
        asked.rooms(),
        target ->
            rooms.room(target.id()).isEmpty()
                ? unknownRoom(target)
                : Counted.one(Numbers.of(ROOMS, 1).withUnknown(EVENTS)));
  }

  @Override
  public Counted media(List<Target> targets) {
    return each(
        targets,
        medium ->
            media.exists(serverName.get(), medium.id())
                ? Counted.one(Numbers.of(MEDIA, 1).withUnknown(BYTES))
                : Counted.leftOut(medium.number(), "no such file is known"));
  }

  @Override
  public Counted mediaOf(List<Target> targets) {
    return each(
        targets,
        user ->
            Counted.one(
                Numbers.of(MEDIA, users.media(user.id(), "media_id", false, 0, 1).total())
                    .withUnknown(BYTES)));
  }

  /** Synapse lists no media by age. */
  @Override
  public Counted media(Target all, SweptMedia swept) {
    return Counted.one(Numbers.NONE.withUnknown(MEDIA).withUnknown(BYTES));
  }

  private Counted each(List<Target> targets, Function<Target, Counted> count) {
    return reads.readFirst(targets, count).stream().reduce(Counted.NONE, Counted::plus);
  }
}
