package dev.bailiff.testing.homeserver;

import dev.bailiff.homeserver.Homeserver;
import dev.bailiff.homeserver.HomeserverTraits;
import dev.bailiff.homeserver.batch.BatchCommit;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Snooze;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.RoomPurge;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.deactivation.AccountClosing;
import dev.bailiff.homeserver.deactivation.DeactivationPort;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.history.HistoryPort;
import dev.bailiff.homeserver.history.HistoryPreparation;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.media.MediaDeletion;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaPort;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.redaction.Redaction;
import dev.bailiff.homeserver.redaction.RedactionPort;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.roomdeletion.AliasMove;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.roomdeletion.RoomDeletionPort;
import dev.bailiff.homeserver.roomdeletion.RoomPreparation;
import dev.bailiff.testing.homeserver.RemoteServer.RemoteTask;
import dev.bailiff.testing.homeserver.RemoteServer.Room;
import dev.bailiff.testing.homeserver.RemoteServer.User;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A remote homeserver, as the port appears when HTTP is behind it: operations take their time, must
 * come again later, or lose their answers ({@link RemoteConditions}). Redactions and purges are
 * tasks of the other side that are started once and polled. A room is one range. The fake contains
 * the example community.
 *
 * <p><b>Concurrency:</b> thread-safe; effects exclude each other, waiting does not.
 */
public final class RemoteHomeserverFake
    implements Homeserver,
        DeactivationPort,
        RedactionPort,
        RoomDeletionPort,
        HistoryPort,
        MediaPort {
  private final RemoteServer server = RemoteServer.ofCommunity();
  private final RemoteHistory history = new RemoteHistory(server);
  private final RemoteConditions conditions;
  private final Map<String, RedactionScope> scopes = new HashMap<>();

  public RemoteHomeserverFake(RemoteConditions conditions) {
    this.conditions = conditions;
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

  @Override
  public DeactivationPort deactivation() {
    return this;
  }

  @Override
  public RedactionPort redaction() {
    return this;
  }

  @Override
  public RoomDeletionPort roomDeletion() {
    return this;
  }

  @Override
  public HistoryPort history() {
    return this;
  }

  @Override
  public MediaPort media() {
    return this;
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
    return read(
        () ->
            users.stream()
                .filter(
                    user -> !server.users.containsKey(user.id()) && !server.isAnywhere(user.id()))
                .toList());
  }

  @Override
  public List<String> unknownRooms(List<String> rooms) {
    return read(() -> rooms.stream().filter(room -> !server.rooms.containsKey(room)).toList());
  }

  @Override
  public BatchOutcome closeAccounts(AccountClosing closing, BatchCommit commit) {
    return list(commit, "close", closing.users(), target -> close(target, closing.erase()));
  }

  private BatchOutcome close(Target target, boolean erase) {
    User user = server.users.get(target.id());
    if (user == null) {
      return failed(target, 404, "M_NOT_FOUND", "User not found");
    }
    boolean changes = user.active || user.sessions || (erase && !user.erased);
    user.active = false;
    user.sessions = false;
    user.erased |= erase;
    for (String room : server.roomsOf(target.id(), Set.of("invite", "knock"))) {
      setMembership(room, target.id(), "leave");
    }
    return settled(
        changes, List.of(new Fact(target.number(), "id_server_unbind_result", "success")));
  }

  @Override
  public List<Long> joinedRooms(List<Target> users) {
    return read(
        () ->
            users.stream()
                .map(user -> (long) server.roomsOf(user.id(), Set.of("join")).size())
                .toList());
  }

  @Override
  public BatchOutcome leaveRooms(RoomParting parting, BatchCommit commit) {
    return operation(
        commit,
        "leave ",
        parting.after(),
        () -> {
          int left = 0;
          for (Target user : parting.users()) {
            for (String room : server.roomsOf(user.id(), Set.of("join"))) {
              if (left == parting.size()) {
                return BatchOutcome.of(left, 0, new Cursor("more"));
              }
              setMembership(room, user.id(), "leave");
              left++;
            }
          }
          return BatchOutcome.of(left, 0, null);
        });
  }

  @Override
  public List<Verdict> verifyAccounts(List<Target> users, boolean erase) {
    return read(() -> users.stream().map(user -> verdict(user, erase)).toList());
  }

  private Verdict verdict(Target target, boolean erase) {
    List<String> left = new ArrayList<>();
    User user = server.users.get(target.id());
    if (user != null && (user.active || user.sessions)) {
      left.add("1 active account");
    }
    if (user != null && erase && !user.erased) {
      left.add("1 profile");
    }
    int rooms = server.roomsOf(target.id(), Set.of("join", "invite", "knock")).size();
    if (rooms > 0) {
      left.add(rooms + " rooms");
    }
    return new Verdict(target.number(), left);
  }

  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return read(
        () ->
            server.roomsOf(user, Set.of("join", "ban")).stream()
                .filter(room -> after == null || room.compareTo(after) > 0)
                .limit(limit)
                .toList());
  }

  @Override
  public RangePage redactionRanges(RedactionScope scope, @Nullable Cursor after, int size) {
    return read(
        () -> {
          List<Range> ranges = new ArrayList<>();
          for (String room : scope.rooms()) {
            int items = server.candidates(scope, room).size();
            if (items > 0) {
              String token = scope.user().id() + " " + room + " " + scopes.size();
              scopes.put(token, scope);
              ranges.add(new Range(token, items));
            }
          }
          return new RangePage(ranges, null);
        });
  }

  @Override
  public BatchOutcome redact(Redaction redaction, BatchCommit commit) {
    int index = redaction.after() == null ? 0 : Integer.parseInt(redaction.after().value());
    Range range = redaction.ranges().get(index);
    return operation(
        commit,
        "redact " + range.value(),
        redaction.after(),
        () -> {
          RedactionScope scope = scopes.get(range.value());
          String room = range.value().split(" ")[1];
          RemoteTask task =
              server.redact(
                  redaction.job() + " " + scope.user().id() + " " + room,
                  server.candidates(scope, room),
                  conditions.polls());
          boolean last = index + 1 == redaction.ranges().size();
          return outcome(
              task,
              new Cursor(Integer.toString(index)),
              last ? null : new Cursor(Integer.toString(index + 1)));
        });
  }

  @Override
  public Verdict verifyRedaction(RedactionScope scope) {
    return read(
        () -> {
          long left =
              scope.rooms().stream()
                  .flatMap(room -> server.candidates(scope, room).stream())
                  .filter(event -> !event.leave() && !server.redacted.contains(event.id()))
                  .count();
          return new Verdict(
              scope.user().number(), left == 0 ? List.of() : List.of(left + " events"));
        });
  }

  @Override
  public BatchOutcome prepareRooms(RoomPreparation preparation, BatchCommit commit) {
    return list(commit, "prepare", preparation.rooms(), room -> prepare(room, preparation));
  }

  private BatchOutcome prepare(Target room, RoomPreparation preparation) {
    boolean known = server.rooms.containsKey(room.id());
    if (!known && preparation.requireKnown()) {
      return failed(room, 404, "M_NOT_FOUND", "Unknown room");
    }
    if (preparation.requireEmpty() && server.hasJoined(room.id())) {
      return failed(room, 400, "M_UNKNOWN", "Users are still joined");
    }
    boolean changed = preparation.block() && server.blocked.add(room.id());
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(room.number(), "known", Boolean.toString(known)));
    if (known && preparation.newRoomUser() != null) {
      String newRoom = "!new-" + preparation.job() + "-" + room.id().substring(1);
      facts.add(new Fact(room.number(), "new_room_id", newRoom));
      if (!server.rooms.containsKey(newRoom)) {
        server.rooms.put(newRoom, new Room());
        setMembership(newRoom, preparation.newRoomUser(), "join");
        changed = true;
      }
    }
    return settled(changed, facts);
  }

  @Override
  public RangePage memberRanges(Target room, @Nullable Cursor after, int size) {
    return read(
        () -> {
          int items = server.present(room.id()).size();
          return new RangePage(items == 0 ? List.of() : List.of(new Range(room.id(), items)), null);
        });
  }

  @Override
  public BatchOutcome removeMembers(MemberRemoval removal, BatchCommit commit) {
    return operation(
        commit,
        "remove " + removal.room().id(),
        removal.after(),
        () -> {
          String room = removal.room().id();
          List<ListEntry> items = new ArrayList<>();
          List<Failure> failures = new ArrayList<>();
          List<String> present = server.present(room);
          List<String> page = present.subList(0, Math.min(present.size(), removal.size()));
          for (String user : page) {
            boolean joined = "join".equals(server.rooms.get(room).members.get(user));
            setMembership(room, user, "leave");
            boolean refused = server.users.get(user).suspended && removal.newRoom() != null;
            if (joined && removal.newRoom() != null && !refused) {
              setMembership(removal.newRoom(), user, "join");
            }
            if (refused) {
              failures.add(
                  new Failure(
                      user, removal.room().number(), false, 403, "M_USER_SUSPENDED", "suspended"));
            }
            items.add(
                new ListEntry(
                    removal.room().number(),
                    refused ? "failed_to_kick_users" : "kicked_users",
                    user));
          }
          Cursor next = page.size() < present.size() ? new Cursor("more") : null;
          return new BatchOutcome(
              page.size() - failures.size(), 0, failures, items, List.of(), next, null);
        });
  }

  @Override
  public BatchOutcome moveAliases(AliasMove move, BatchCommit commit) {
    return operation(
        commit,
        "move " + move.room().id(),
        null,
        () -> {
          Room room = server.rooms.get(move.room().id());
          Room newRoom = server.rooms.get(move.newRoom());
          if (room == null || newRoom == null) {
            return BatchOutcome.of(0, 0, null);
          }
          List<ListEntry> items =
              room.aliases.stream()
                  .map(alias -> new ListEntry(move.room().number(), "local_aliases", alias))
                  .toList();
          newRoom.aliases.addAll(room.aliases);
          room.aliases.clear();
          return new BatchOutcome(items.size(), 0, List.of(), items, List.of(), null, null);
        });
  }

  @Override
  public List<Target> roomsWithLocalMembers(List<Target> rooms) {
    return read(() -> rooms.stream().filter(room -> server.hasJoined(room.id())).toList());
  }

  @Override
  public RangePage purgeRanges(Target room, @Nullable Cursor after, int size) {
    return read(
        () -> {
          Room known = server.rooms.get(room.id());
          return known == null || known.events.isEmpty()
              ? new RangePage(List.of(), null)
              : new RangePage(List.of(new Range(room.id(), known.events.size())), null);
        });
  }

  @Override
  public BatchOutcome purgeEvents(RoomPurge purge, BatchCommit commit) {
    return operation(
        commit,
        "purge " + purge.room().id(),
        purge.after(),
        () ->
            outcome(
                server.purge("purge " + purge.room().id(), purge.room().id(), conditions.polls()),
                new Cursor("running"),
                null));
  }

  @Override
  public BatchOutcome finishPurge(
      Target room, boolean force, @Nullable Cursor after, int size, BatchCommit commit) {
    return operation(
        commit,
        "finish " + room.id(),
        after,
        () -> {
          if (!force && server.hasJoined(room.id())) {
            Failure failure = failure(room, 400, "M_UNKNOWN", "Users are still joined");
            return new BatchOutcome(0, 0, List.of(failure), List.of(), List.of(), null, null);
          }
          server.rooms.remove(room.id());
          return BatchOutcome.of(0, 0, null);
        });
  }

  @Override
  public List<Verdict> verifyRooms(List<Target> rooms, boolean purged) {
    return read(
        () ->
            rooms.stream()
                .map(
                    room -> {
                      int present = server.present(room.id()).size();
                      boolean left = purged ? server.rooms.containsKey(room.id()) : present > 0;
                      String words = purged ? "1 room" : present + " local members";
                      return new Verdict(room.number(), left ? List.of(words) : List.of());
                    })
                .toList());
  }

  @Override
  public BatchOutcome prepareHistory(HistoryPreparation preparation, BatchCommit commit) {
    return list(
        commit,
        "history",
        preparation.rooms(),
        room ->
            history.prepare(
                new HistoryPreparation(
                    List.of(room),
                    preparation.upToDepth(),
                    preparation.upToEvent(),
                    preparation.upToAt())));
  }

  @Override
  public RangePage historyRanges(HistoryScope scope, @Nullable Cursor after, int size) {
    return read(() -> history.ranges(scope));
  }

  @Override
  public BatchOutcome purgeHistory(RoomPurge purge, BatchCommit commit) {
    return operation(
        commit,
        "purge-history " + purge.room().id(),
        purge.after(),
        () -> outcome(history.purge(purge, conditions.polls()), new Cursor("running"), null));
  }

  @Override
  public Verdict verifyHistory(HistoryScope scope) {
    return read(() -> history.verify(scope));
  }

  @Override
  public MediaPage avatarMedia(@Nullable Cursor after, int size) {
    return read(() -> new MediaPage(List.copyOf(server.avatars), null));
  }

  @Override
  public RangePage mediaRanges(MediaScope scope, @Nullable Cursor after, int size) {
    return read(
        () -> {
          int items = server.media(scope).size();
          MediaSweep sweep = scope.sweep();
          String token =
              sweep == null
                  ? String.valueOf(scope.user())
                  : "* " + sweep.beforeAt() + " " + sweep.largerThan();
          return new RangePage(items == 0 ? List.of() : List.of(new Range(token, items)), null);
        });
  }

  @Override
  public MediaPage media(Range range, @Nullable Cursor after, int size) {
    String[] token = range.value().split(" ");
    MediaScope scope =
        token.length == 1
            ? MediaScope.of(token[0])
            : MediaScope.of(new MediaSweep(Long.parseLong(token[1]), Long.parseLong(token[2])));
    return read(
        () -> {
          List<String> ids =
              server.media(scope).stream()
                  .filter(id -> after == null || id.compareTo(after.value()) > 0)
                  .limit(size)
                  .toList();
          return new MediaPage(ids, ids.size() < size ? null : new Cursor(ids.get(ids.size() - 1)));
        });
  }

  @Override
  public BatchOutcome deleteMedia(MediaDeletion deletion, BatchCommit commit) {
    return each(
        commit,
        deletion.media(),
        MediaItem::id,
        MediaItem::id,
        item -> {
          RemoteServer.Medium medium = server.media.get(item.id());
          MediaSweep sweep = deletion.sweep();
          boolean wanted =
              medium != null && (sweep == null || RemoteServer.isIn(MediaScope.of(sweep), medium));
          if (!wanted) {
            return BatchOutcome.of(0, 1, null);
          }
          server.media.remove(item.id());
          return new BatchOutcome(
              1,
              0,
              List.of(),
              List.of(new ListEntry(item.target(), "deleted_media", item.id())),
              List.of(),
              null,
              null);
        });
  }

  @Override
  public List<String> mediaLeft(List<String> ids) {
    return read(() -> ids.stream().filter(server.media::containsKey).toList());
  }

  /**
   * Fence, effect, record: if the answer is lost on the way back, the work was done but is not
   * recorded.
   */
  private BatchOutcome operation(
      BatchCommit commit, String what, @Nullable Cursor cursor, Supplier<BatchOutcome> effect) {
    commit.fence();
    Optional<Snooze> snooze = conditions.request(what + (cursor == null ? "" : cursor.value()));
    BatchOutcome outcome;
    if (snooze.isPresent()) {
      outcome = BatchOutcome.snooze(cursor, snooze.get());
    } else {
      synchronized (server) {
        outcome = effect.get();
      }
      conditions.answer();
    }
    return commit.record(outcome);
  }

  /**
   * Makes a request for each entry; settles the entries at the front, and returns the first that is
   * not settled.
   */
  private BatchOutcome list(
      BatchCommit commit,
      String what,
      List<Target> targets,
      Function<Target, BatchOutcome> effect) {
    return each(
        commit,
        targets,
        target -> what + " " + target.id(),
        target -> Integer.toString(target.number()),
        effect);
  }

  private <T> BatchOutcome each(
      BatchCommit commit,
      List<T> items,
      Function<T, String> what,
      Function<T, String> place,
      Function<T, BatchOutcome> effect) {
    commit.fence();
    BatchOutcome outcome = BatchOutcome.of(0, 0, null);
    int settled = 0;
    for (T item : items) {
      if (settled++ == conditions.listed()) {
        outcome = outcome.withNext(new Cursor(place.apply(item)));
        break;
      }
      Optional<Snooze> snooze = conditions.request(what.apply(item));
      if (snooze.isPresent()) {
        outcome = plus(outcome, BatchOutcome.snooze(new Cursor(place.apply(item)), snooze.get()));
        break;
      }
      synchronized (server) {
        outcome = plus(outcome, effect.apply(item));
      }
      conditions.answer();
    }
    return commit.record(outcome);
  }

  private static BatchOutcome plus(BatchOutcome sum, BatchOutcome next) {
    return new BatchOutcome(
        sum.done() + next.done(),
        sum.skipped() + next.skipped(),
        concat(sum.failures(), next.failures()),
        concat(sum.listEntries(), next.listEntries()),
        concat(sum.facts(), next.facts()),
        next.next(),
        next.snooze());
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private <T> T read(Supplier<T> query) {
    conditions.read();
    synchronized (server) {
      return query.get();
    }
  }

  /** The state of a task: running, finished, or finished and reported before. */
  private BatchOutcome outcome(RemoteTask task, Cursor here, @Nullable Cursor next) {
    if (task.polls > 0) {
      task.polls--;
      return BatchOutcome.snooze(here, conditions.snooze());
    }
    if (task.reported) {
      return BatchOutcome.of(0, task.done + task.skipped, next);
    }
    task.reported = true;
    return BatchOutcome.of(task.done, task.skipped, next);
  }

  private void setMembership(String roomId, String userId, String membership) {
    Room room = server.rooms.get(roomId);
    if (room != null) {
      room.members.put(userId, membership);
    }
  }

  private static BatchOutcome settled(boolean changed, List<Fact> facts) {
    return new BatchOutcome(
        changed ? 1 : 0, changed ? 0 : 1, List.of(), List.of(), facts, null, null);
  }

  private static BatchOutcome failed(Target target, int status, String code, String text) {
    return new BatchOutcome(
        0, 0, List.of(failure(target, status, code, text)), List.of(), List.of(), null, null);
  }

  private static Failure failure(Target target, int status, String code, String text) {
    return new Failure(target.id(), target.number(), true, status, code, text);
  }
}
