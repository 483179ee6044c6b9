package dev.bailiff.homeserver.store.roomdeletion;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.ListEntry;
import dev.bailiff.homeserver.roomdeletion.MemberRemoval;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.homeserver.store.membership.Memberships.Joiner;
import dev.bailiff.homeserver.store.membership.Memberships.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Removes local members from a room and moves them to its replacement (admin-api 4.37, step 3). */
final class MemberRemovals {

  private static final String PAGE =
      """
      select m.user_id
      from homeserver.membership m
      where m.room_id = :room and m.user_server = :server
        and m.user_id > :after and m.user_id >= :first and m.user_id <= :last
        and %s
      order by m.user_id
      limit :size
      """
          .formatted(Memberships.isPresent("m"));

  /**
   * Locks the accounts until the batch is committed: if a removal and a closing touch one account,
   * the second sees the effect of the first. Accounts are locked before memberships, as in {@link
   * dev.bailiff.homeserver.store.deactivation.AccountClosings}.
   */
  private static final String PROFILES =
      """
      select a.user_id, a.displayname, a.avatar_url, a.suspended, a.deactivated,
             coalesce((select m.membership from homeserver.membership m
                       where m.room_id = :newRoom and m.user_id = a.user_id), '') as new_membership
      from homeserver.account a
      where a.user_id = any (:users)
      order by a.user_id
      for share of a
      """;

  private record Newcomer(
      Joiner joiner, boolean suspended, boolean deactivated, String membership) {}

  private final Handle handle;
  private final String server;
  private final MemberRemoval removal;

  private final List<Failure> failures = new ArrayList<>();
  private final List<ListEntry> listEntries = new ArrayList<>();

  MemberRemovals(Handle handle, String server, MemberRemoval removal) {
    this.handle = handle;
    this.server = server;
    this.removal = removal;
  }

  BatchOutcome run() {
    RoomReads.MemberRange range = RoomReads.MemberRange.parse(removal.range());
    Place place = Place.parse(removal.after());
    String room = removal.room().id();
    Map<String, String> versions =
        RoomLocks.share(
            handle, removal.newRoom() == null ? List.of(room) : List.of(room, removal.newRoom()));
    List<String> users = versions.containsKey(room) ? page(range, place) : List.of();
    Map<String, Newcomer> newcomers =
        removal.newRoom() == null ? Map.of() : newcomers(users, removal.newRoom());
    List<Member> members =
        Memberships.lockPresent(handle, Collections.nCopies(users.size(), room), users);
    Memberships.leave(handle, server, members, true);
    move(members, newcomers, versions);
    long done = members.size() - failures.size();
    long seen = place.seen + users.size();
    if (users.size() < removal.size()) {
      // Members who left by themselves, or in a batch whose checkpoint was lost, need nothing.
      long skipped = Math.max(0, range.items() - seen) + users.size() - members.size();
      return outcome(done, skipped, null);
    }
    String last = users.get(users.size() - 1);
    return outcome(done, users.size() - members.size(), new Place(last, seen).cursor());
  }

  private BatchOutcome outcome(long done, long skipped, @Nullable Cursor next) {
    return new BatchOutcome(done, skipped, failures, listEntries, List.of(), next, null);
  }

  private List<String> page(RoomReads.MemberRange range, Place place) {
    return handle
        .createQuery(PAGE)
        .bind("room", removal.room().id())
        .bind("server", server)
        .bind("after", place.after)
        .bind("first", range.first())
        .bind("last", range.last())
        .bind("size", removal.size())
        .mapTo(String.class)
        .list();
  }

  /**
   * Lets members join the new room if they were joined to the old one. A failure there is a failure
   * of the member, who has left the old room nevertheless. A member whose account is closed is not
   * moved.
   */
  private void move(
      List<Member> members, Map<String, Newcomer> newcomers, Map<String, String> versions) {
    String newRoom = removal.newRoom();
    List<Joiner> joiners = new ArrayList<>();
    for (Member member : members) {
      Optional<Failure> failure = Optional.empty();
      if (newRoom != null && member.membership().equals("join")) {
        Newcomer newcomer =
            newcomers.getOrDefault(
                member.userId(),
                new Newcomer(new Joiner(member.userId(), null, null), false, false, ""));
        failure = refusal(newcomer, versions.containsKey(newRoom));
        if (failure.isEmpty() && !newcomer.deactivated && !newcomer.membership.equals("join")) {
          joiners.add(newcomer.joiner);
        }
      }
      failure.ifPresent(failures::add);
      listEntries.add(
          new ListEntry(
              removal.room().number(),
              failure.isPresent() ? "failed_to_kick_users" : "kicked_users",
              member.userId()));
    }
    if (newRoom != null) {
      Memberships.join(handle, newRoom, joiners, removal.room().id());
    }
  }

  private Optional<Failure> refusal(Newcomer newcomer, boolean newRoomExists) {
    String user = newcomer.joiner.userId();
    if (newcomer.deactivated) {
      return Optional.empty();
    }
    if (newcomer.suspended) {
      return Optional.of(
          failure(user, 403, "M_USER_SUSPENDED", "left, but is suspended and cannot join"));
    }
    if (!newRoomExists) {
      return Optional.of(failure(user, 404, "M_NOT_FOUND", "left, but the new room is gone"));
    }
    if (newcomer.membership.equals("ban")) {
      return Optional.of(
          failure(user, 403, "M_FORBIDDEN", "left, but is banned from the new room"));
    }
    return Optional.empty();
  }

  private Failure failure(String user, int status, String code, String text) {
    return new Failure(user, removal.room().number(), false, status, code, text);
  }

  /** Maps by hand, as each batch reads hundreds of rows. */
  private Map<String, Newcomer> newcomers(List<String> users, String newRoom) {
    Map<String, Newcomer> newcomers = new HashMap<>();
    handle
        .createQuery(PROFILES)
        .bind("newRoom", newRoom)
        .bindArray("users", String.class, users.toArray())
        .map(
            (rs, ctx) ->
                new Newcomer(
                    new Joiner(
                        rs.getString("user_id"),
                        rs.getString("displayname"),
                        rs.getString("avatar_url")),
                    rs.getBoolean("suspended"),
                    rs.getBoolean("deactivated"),
                    rs.getString("new_membership")))
        .forEach(newcomer -> newcomers.put(newcomer.joiner.userId(), newcomer));
    return newcomers;
  }

  /**
   * Where the next batch goes on.
   *
   * @param after id of the last user looked at
   * @param seen members of the range so far
   */
  private record Place(String after, long seen) {

    static Place parse(@Nullable Cursor cursor) {
      if (cursor == null) {
        return new Place("", 0);
      }
      int space = cursor.value().indexOf(' ');
      return new Place(
          cursor.value().substring(space + 1), Long.parseLong(cursor.value().substring(0, space)));
    }

    Cursor cursor() {
      return new Cursor(seen + " " + after);
    }
  }
}
