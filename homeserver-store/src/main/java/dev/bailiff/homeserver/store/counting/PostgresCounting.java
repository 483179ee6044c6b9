package dev.bailiff.homeserver.store.counting;

import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.CountingPort;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.homeserver.counting.SweptMedia;
import dev.bailiff.homeserver.counting.UserEvents;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.store.batch.BatchTransactions;
import dev.bailiff.homeserver.store.batch.UnknownNames;
import dev.bailiff.homeserver.store.event.EventSql;
import dev.bailiff.homeserver.store.history.HistoryCount;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts in the own store, set-based: one statement for a page of users or media. Rooms, and users
 * with their events, are counted a few at a time, as one of them may have millions of events.
 */
public final class PostgresCounting implements CountingPort {
  private static final String UNKNOWN_USER = "no such user is known";
  private static final String UNKNOWN_ROOM = "no such room is known";
  private static final int FEW_USERS = 20;
  private static final int FEW_ROOMS = 20;

  /** A call begins no further part after this time. */
  private static final Duration ENOUGH = Duration.ofSeconds(2);

  private final BatchTransactions transactions;
  private final Supplier<String> serverName;

  public PostgresCounting(BatchTransactions transactions, Supplier<String> serverName) {
    this.transactions = transactions;
    this.serverName = serverName;
  }

  @Override
  public Counted accounts(List<Target> users, boolean erase) {
    return transactions.read(
        users.size(),
        handle -> {
          var unknown = UnknownNames.users(handle, ids(users));
          return handle
              .createQuery(CountingSql.ACCOUNTS)
              .bindArray("users", String.class, ids(users))
              .map(
                  (row, context) -> {
                    var user = users.get(row.getInt("place") - 1);
                    if (unknown.contains(user.id())) {
                      return Counted.leftOut(user.number(), UNKNOWN_USER);
                    }
                    long rooms = row.getLong("rooms");
                    boolean closed = row.getBoolean("deactivated");
                    if (closed && rooms == 0 && (!erase || row.getBoolean("erased"))) {
                      return Counted.leftOut(
                          user.number(), "is deactivated already, and in no room");
                    }
                    return Counted.one(
                        Numbers.of(ACCOUNTS, row.getBoolean("has_account") ? 1 : 0)
                            .with(MEMBERSHIPS, rooms));
                  })
              .stream()
              .reduce(Counted.NONE, Counted::plus);
        });
  }

  @Override
  public Counted events(UserEvents asked) {
    return inParts(
        asked.users(),
        FEW_USERS,
        users -> transactions.read(handle -> events(handle, asked, users)));
  }

  private static Counted events(Handle handle, UserEvents asked, List<Target> users) {
    var unknown = UnknownNames.users(handle, ids(users));
    return handle
        .createQuery(EventSql.COUNT_REDACTABLE)
        .bindArray("users", String.class, ids(users))
        .bindArray("rooms", String.class, asked.rooms())
        .bind("everywhere", asked.everywhere())
        .bind("limit", asked.limit())
        .bindArray("types", String.class, asked.conditions().types())
        .bind("contains", asked.conditions().contains())
        .bind("afterAt", asked.conditions().afterAt())
        .bind("beforeAt", asked.conditions().beforeAt())
        .map(
            (row, context) -> {
              var user = users.get(row.getInt("place") - 1);
              return unknown.contains(user.id())
                  ? Counted.leftOut(user.number(), UNKNOWN_USER)
                  : Counted.one(Numbers.of(ACCOUNTS, 1).with(EVENTS, row.getLong("events")));
            })
        .stream()
        .reduce(Counted.NONE, Counted::plus);
  }

  @Override
  public Counted rooms(List<Target> rooms, boolean purge, boolean keepsUnknown) {
    var server = serverName.get();
    return inParts(
        rooms,
        1,
        one ->
            transactions.read(
                handle -> {
                  var room = one.get(0);
                  return keepsUnknown || !unknownRooms(handle, room).contains(room.id())
                      ? Counted.one(room(handle, server, room.id(), purge))
                      : Counted.leftOut(room.number(), UNKNOWN_ROOM);
                }));
  }

  @Override
  public Counted members(List<Target> rooms) {
    return inParts(
        rooms,
        FEW_ROOMS,
        some ->
            transactions.read(
                handle ->
                    new Counted(
                        some.size(),
                        Numbers.of(
                            LARGEST_ROOM,
                            number(
                                handle
                                    .createQuery(CountingSql.LARGEST_ROOM)
                                    .bindArray("rooms", String.class, ids(some)))),
                        List.of())));
  }

  private static Set<String> unknownRooms(Handle handle, Target room) {
    return UnknownNames.rooms(handle, List.of(room.id()));
  }

  private static Numbers room(Handle handle, String server, String room, boolean purge) {
    long members =
        number(
            handle
                .createQuery(CountingSql.MEMBERS_OF_ROOM)
                .bind("room", room)
                .bind("server", server));
    var numbers = Numbers.of(ROOMS, 1).with(MEMBERSHIPS, members);
    return purge
        ? numbers.with(
            EVENTS, number(handle.createQuery(CountingSql.EVENTS_OF_ROOM).bind("room", room)))
        : numbers;
  }

  @Override
  public Counted history(HistoryPreparation asked, boolean localEvents) {
    var server = serverName.get();
    return inParts(
        asked.rooms(),
        1,
        one ->
            transactions.read(
                handle -> HistoryCount.of(handle, server, one.get(0), asked, localEvents)));
  }

  @Override
  public Counted media(List<Target> media) {
    return transactions.read(
        handle -> {
          var known =
              Set.copyOf(
                  handle
                      .createQuery(
                          "select media_id from homeserver.local_media where media_id = any(:ids)")
                      .bindArray("ids", String.class, ids(media))
                      .mapTo(String.class)
                      .list());
          var numbers =
              bytes(
                  handle
                      .createQuery(CountingSql.MEDIA_BY_ID)
                      .bindArray("ids", String.class, ids(media)));
          return new Counted(media.size(), numbers, missing(media, known));
        });
  }

  private static List<LeftOut> missing(List<Target> media, Set<String> known) {
    return media.stream()
        .filter(medium -> !known.contains(medium.id()))
        .map(medium -> new LeftOut(medium.number(), "no such file is known"))
        .toList();
  }

  @Override
  public Counted mediaOf(List<Target> users) {
    return transactions.read(
        handle -> {
          var unknown = UnknownNames.users(handle, ids(users));
          var numbers =
              bytes(
                  handle
                      .createQuery(CountingSql.MEDIA_OF_USERS)
                      .bindArray("users", String.class, ids(users)));
          return new Counted(
              users.size(),
              numbers,
              users.stream()
                  .filter(user -> unknown.contains(user.id()))
                  .map(user -> new LeftOut(user.number(), UNKNOWN_USER))
                  .toList());
        });
  }

  /** How many of them are avatars is known only when all avatars have been looked at. */
  @Override
  public Counted media(Target all, SweptMedia swept) {
    var numbers =
        transactions.read(
            handle ->
                bytes(
                    handle
                        .createQuery(CountingSql.SWEPT_MEDIA)
                        .bind("largerThan", swept.largerThan())
                        .bind("beforeAt", swept.beforeAt())));
    if (!swept.keepsProfiles()) {
      return Counted.one(numbers);
    }
    var most = Numbers.NONE.withUnknown(MEDIA).withUnknown(BYTES);
    for (var number : numbers.known().entrySet()) {
      most = most.with(number.getKey() + "_at_most", number.getValue());
    }
    return Counted.one(most);
  }

  private static Numbers bytes(Query query) {
    return query
        .map(
            (row, context) ->
                Numbers.of(MEDIA, row.getLong("media")).with(BYTES, row.getLong("bytes")))
        .one();
  }

  private static long number(Query query) {
    return query.mapTo(Long.class).one();
  }

  private static List<String> ids(List<Target> targets) {
    return targets.stream().map(Target::id).toList();
  }

  private static Counted inParts(
      List<Target> targets, int size, Function<List<Target>, Counted> part) {
    long end = System.nanoTime() + ENOUGH.toNanos();
    var sum = Counted.NONE;
    while (sum.targets() < targets.size() && (sum.targets() == 0 || System.nanoTime() - end < 0)) {
      int from = sum.targets();
      sum = sum.plus(part.apply(targets.subList(from, Math.min(targets.size(), from + size))));
    }
    return sum;
  }
}
