package dev.bailiff.homeserver.store.deactivation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Effect;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.deactivation.RoomParting;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.membership.MemberPruning;
import dev.bailiff.homeserver.store.membership.Memberships;
import dev.bailiff.homeserver.store.membership.Memberships.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes users leave the rooms they are joined to (admin-api 4.7, parting job). A user's membership
 * events contain the profile, so the events of an erased user are pruned before the leave. If a
 * user has more of them than a batch prunes, the next batch goes on in that room.
 */
final class RoomPartings {

  /** A room without a current state has no members (admin-api 5.6). */
  private static final String JOINED =
      """
      select u.place, m.room_id, m.user_id, coalesce(a.erased, false) as erased
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      join homeserver.membership m on m.user_id = u.user_id and m.membership = 'join'
      left join homeserver.account a on a.user_id = u.user_id
      where (u.place > :place
          or (u.place = :place and (m.room_id > :room or (:inside and m.room_id = :room))))
        and %s
      order by u.place, m.room_id
      limit :size
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  private static final String COUNT_JOINED =
      """
      select u.place, count(m.room_id) as rooms
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join homeserver.membership m
        on m.user_id = u.user_id and m.membership = 'join'
          and %s
      group by u.place
      order by u.place
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  private record Joined(long place, String room, String user, boolean erased) {}

  private RoomPartings() {}

  static List<Long> joinedRooms(Handle handle, List<Target> users) {
    return handle
        .createQuery(COUNT_JOINED)
        .bindArray("users", String.class, users.stream().map(Target::id).toArray())
        .map((rs, ctx) -> rs.getLong("rooms"))
        .list();
  }

  static BatchOutcome leave(Handle handle, String server, RoomParting parting) {
    Place start = Place.parse(parting.after());
    List<Joined> page = page(handle, parting, start);
    Map<String, String> versions =
        RoomLocks.share(handle, page.stream().map(Joined::room).toList());
    MemberPruning pruning = new MemberPruning(handle, versions);
    int whole = prune(pruning, page, versions, start);
    List<Joined> leaving = page.subList(0, whole);
    List<Joined> reachable =
        leaving.stream().filter(joined -> versions.containsKey(joined.room)).toList();
    List<Member> members =
        Memberships.lockPresent(
                handle,
                reachable.stream().map(Joined::room).toList(),
                reachable.stream().map(Joined::user).toList())
            .stream()
            .filter(member -> member.membership().equals("join"))
            .toList();
    Memberships.leave(handle, server, members, true);
    Cursor next = null;
    if (whole < page.size()) {
      next = new Place(page.get(whole), pruning.stoppedAt()).cursor();
    } else if (page.size() == parting.size()) {
      next = new Place(page.get(whole - 1), null).cursor();
    }
    return BatchOutcome.of(members.size(), leaving.size() - members.size(), next)
        .withEffects(effects(members));
  }

  private static List<Effect> effects(List<Member> members) {
    Map<String, List<String>> rooms = new LinkedHashMap<>();
    members.forEach(
        member ->
            rooms.computeIfAbsent(member.userId(), any -> new ArrayList<>()).add(member.roomId()));
    return rooms.entrySet().stream()
        .map(user -> Effect.of(user.getKey(), user.getValue()))
        .toList();
  }

  /**
   * Prunes the membership events of erased users. Returns how many users of the page, from its
   * start, may leave.
   */
  private static int prune(
      MemberPruning pruning, List<Joined> page, Map<String, String> versions, Place start) {
    List<MemberPruning.Subject> subjects = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      Joined joined = page.get(i);
      if (joined.erased && versions.containsKey(joined.room)) {
        subjects.add(
            new MemberPruning.Subject(i, joined.user, joined.room, start.prunedOf(joined)));
      }
    }
    return pruning.run(subjects).orElse(page.size());
  }

  /** Maps by hand, as each batch reads hundreds of rows. */
  private static List<Joined> page(Handle handle, RoomParting parting, Place start) {
    return handle
        .createQuery(JOINED)
        .bindArray("users", String.class, parting.users().stream().map(Target::id).toArray())
        .bind("place", start.user)
        .bind("room", start.room)
        .bind("inside", start.pruned != null)
        .bind("size", parting.size())
        .map(
            (rs, ctx) ->
                new Joined(
                    rs.getLong("place"),
                    rs.getString("room_id"),
                    rs.getString("user_id"),
                    rs.getBoolean("erased")))
        .list();
  }

  /**
   * Where the next batch goes on.
   *
   * @param user place in the list, from 1
   * @param pruned null if the batch goes on behind this room. Otherwise it goes on at this room:
   *     the user's membership events there are pruned up to this place in the order of arrival
   */
  private record Place(long user, String room, @Nullable Long pruned) {

    Place(Joined joined, @Nullable Long pruned) {
      this(joined.place, joined.room, pruned);
    }

    static Place parse(@Nullable Cursor cursor) {
      if (cursor == null) {
        return new Place(0, "", null);
      }
      JsonNode json = EventJson.parse(cursor.value());
      return new Place(
          json.required(0).longValue(),
          json.required(1).textValue(),
          json.has(2) ? json.get(2).longValue() : null);
    }

    long prunedOf(Joined joined) {
      boolean here = joined.place == user && joined.room.equals(room);
      return here && pruned != null ? pruned : Long.MIN_VALUE;
    }

    Cursor cursor() {
      ArrayNode json = EventJson.array().add(user).add(room);
      return new Cursor(EventJson.write(pruned == null ? json : json.add(pruned)));
    }
  }
}
