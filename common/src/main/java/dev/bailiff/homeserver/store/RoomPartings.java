package dev.bailiff.homeserver.store;

import dev.bailiff.homeserver.BatchOutcome;
import dev.bailiff.homeserver.Cursor;
import dev.bailiff.homeserver.RoomParting;
import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.store.Memberships.Member;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes users leave the rooms they are joined to (admin-api 4.7, parting job). */
final class RoomPartings {

  /** A room without a current state has nobody in it (admin-api 5.6). */
  private static final String JOINED =
      """
      select u.place, m.room_id, m.user_id, coalesce(a.erased, false) as erased
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      join homeserver.membership m on m.user_id = u.user_id and m.membership = 'join'
      left join homeserver.account a on a.user_id = u.user_id
      where (u.place > :place or (u.place = :place and m.room_id > :room))
        and exists (
          select from homeserver.current_state s
          where s.room_id = m.room_id and s.type = 'm.room.create' and s.state_key = '')
      order by u.place, m.room_id
      limit :size
      """;

  private static final String COUNT_JOINED =
      """
      select u.place, count(m.room_id) as rooms
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join homeserver.membership m
        on m.user_id = u.user_id and m.membership = 'join'
          and exists (
            select from homeserver.current_state s
            where s.room_id = m.room_id and s.type = 'm.room.create' and s.state_key = '')
      group by u.place
      order by u.place
      """;

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
    List<Joined> page = page(handle, parting);
    Map<String, String> versions =
        RoomLocks.share(handle, page.stream().map(Joined::room).toList());
    List<Joined> reachable =
        page.stream().filter(joined -> versions.containsKey(joined.room)).toList();
    List<Member> members =
        Memberships.lockPresent(
                handle,
                reachable.stream().map(Joined::room).toList(),
                reachable.stream().map(Joined::user).toList())
            .stream()
            .filter(member -> member.membership().equals("join"))
            .toList();
    prune(handle, reachable.stream().filter(Joined::erased).toList());
    Memberships.leave(handle, server, members, true);
    Cursor next = null;
    if (page.size() == parting.size()) {
      Joined last = page.get(page.size() - 1);
      next = new Cursor(last.place + " " + last.room);
    }
    return BatchOutcome.of(members.size(), page.size() - members.size(), next);
  }

  private static List<Joined> page(Handle handle, RoomParting parting) {
    String after = cursorText(parting.after());
    int space = after.indexOf(' ');
    return handle
        .createQuery(JOINED)
        .bindArray("users", String.class, parting.users().stream().map(Target::id).toArray())
        .bind("place", Long.parseLong(after.substring(0, space)))
        .bind("room", after.substring(space + 1))
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

  private static String cursorText(@Nullable Cursor cursor) {
    return cursor == null ? "0 " : cursor.value();
  }

  /** The profile shows in a user's membership events; of an erased user nothing of it stays. */
  private static void prune(Handle handle, List<Joined> erased) {
    if (erased.isEmpty()) {
      return;
    }
    List<Events.Pruned> pruned =
        handle
            .createQuery(EventSql.MEMBER_EVENTS)
            .bindArray("users", String.class, erased.stream().map(Joined::user).toArray())
            .bindArray("rooms", String.class, erased.stream().map(Joined::room).toArray())
            .map(
                (rs, ctx) -> {
                  int version = RedactionRules.number(rs.getString("room_version"));
                  return new Events.Pruned(
                      rs.getString("room_id"),
                      rs.getLong("stream_ordering"),
                      RedactionRules.content(
                          version, rs.getString("type"), rs.getString("content")),
                      RedactionRules.extra(version, rs.getString("extra")));
                })
            .list();
    Events.prune(handle, pruned);
  }
}
