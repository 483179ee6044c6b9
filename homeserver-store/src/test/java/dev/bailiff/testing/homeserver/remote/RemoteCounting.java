package dev.bailiff.testing.homeserver.remote;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.homeserver.counting.SweptMedia;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.history.HistoryPreparation;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Counts on the remote server, which does not tell how many events there are. */
record RemoteCounting(RemoteServer server, RemoteCalls calls) implements CountingPort {

  @Override
  public Counted accounts(List<Target> users, boolean erase) {
    return each(
        users,
        target -> {
          var user = server.users.get(target.id());
          return user == null
              ? Counted.leftOut(target.number(), "has no account here")
              : account(target, user, erase);
        });
  }

  private Counted account(Target target, RemoteServer.User user, boolean erase) {
    int rooms = server.roomsOf(target.id(), Set.of("join")).size();
    return !user.active && rooms == 0 && (!erase || user.erased)
        ? Counted.leftOut(target.number(), "is deactivated already, and in no room")
        : Counted.one(Numbers.of(ACCOUNTS, 1).with(MEMBERSHIPS, rooms));
  }

  @Override
  public Counted events(UserEvents asked) {
    return each(asked.users(), user -> Counted.one(Numbers.of(ACCOUNTS, 1).withUnknown(EVENTS)));
  }

  @Override
  public Counted rooms(List<Target> rooms, boolean purge, boolean keepsUnknown) {
    return each(
        rooms,
        room -> {
          if (!server.rooms.containsKey(room.id()) && !keepsUnknown) {
            return Counted.leftOut(room.number(), "no such room is known");
          }
          var numbers = Numbers.of(ROOMS, 1).withUnknown(MEMBERSHIPS);
          return Counted.one(purge ? numbers.withUnknown(EVENTS) : numbers);
        });
  }

  @Override
  public Counted members(List<Target> rooms) {
    return each(
        rooms,
        room -> {
          var known = server.rooms.get(room.id());
          return Counted.one(
              Numbers.of(
                  LARGEST_ROOM,
                  known == null
                      ? 0
                      : known.members.values().stream().filter("join"::equals).count()));
        });
  }

  @Override
  public Counted history(HistoryPreparation asked, boolean localEvents) {
    return rooms(asked.rooms(), true, true);
  }

  @Override
  public Counted media(List<Target> media) {
    return each(
        media,
        target -> {
          var medium = server.media.get(target.id());
          return medium == null
              ? Counted.leftOut(target.number(), "no such file is known")
              : Counted.one(Numbers.of(MEDIA, 1).with(BYTES, medium.length()));
        });
  }

  @Override
  public Counted mediaOf(List<Target> users) {
    return each(
        users,
        user ->
            server.media.values().stream()
                .filter(medium -> medium.user().equals(user.id()))
                .map(medium -> Counted.one(Numbers.of(MEDIA, 1).with(BYTES, medium.length())))
                .reduce(
                    Counted.one(Numbers.NONE),
                    (sum, one) -> Counted.one(sum.numbers().plus(one.numbers()))));
  }

  @Override
  public Counted media(Target all, SweptMedia swept) {
    return Counted.one(Numbers.NONE.withUnknown(MEDIA).withUnknown(BYTES));
  }

  private Counted each(List<Target> targets, Function<Target, Counted> count) {
    int most = Math.min(targets.size(), calls.conditions().listed());
    return calls.read(
        () -> targets.subList(0, most).stream().map(count).reduce(Counted.NONE, Counted::plus));
  }
}
