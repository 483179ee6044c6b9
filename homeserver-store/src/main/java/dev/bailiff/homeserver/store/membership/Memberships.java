package dev.bailiff.homeserver.store.membership;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.store.event.CurrentState;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Events;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Changes of memberships: each change writes the event, the membership and the current state
 * together. The caller holds shared locks on the rooms.
 */
public final class Memberships {

  /** A user's membership in a room and the id of its event. */
  public record Member(String roomId, String userId, String membership, String eventId) {}

  /** A local user who joins, with the profile for the membership event. */
  public record Joiner(String userId, @Nullable String displayname, @Nullable String avatarUrl) {}

  /** Locks in key order. Users who have left in the meantime are missing. */
  private static final String LOCK_PRESENT =
      """
      select m.room_id, m.user_id, m.membership, m.event_id
      from homeserver.membership m
      join unnest(:rooms::text[], :users::text[]) as n (room_id, user_id)
        on n.room_id = m.room_id and n.user_id = m.user_id
      where %s
      order by m.room_id, m.user_id
      for no key update of m
      """
          .formatted(isPresent("m"));

  private static final String SET =
      """
      insert into homeserver.membership as m (room_id, user_id, membership, event_id, forgotten)
      select n.room_id, n.user_id, :membership, n.event_id, :forgotten
      from unnest(:rooms::text[], :users::text[], :events::text[]) as n (room_id, user_id, event_id)
      on conflict (room_id, user_id) do update
      set membership = excluded.membership, event_id = excluded.event_id, forgotten = excluded.forgotten
      """;

  /** A leave adds no state to a room without a current state. */
  private static final String SET_STATE =
      """
      update homeserver.current_state s set event_id = n.event_id
      from unnest(:rooms::text[], :users::text[], :events::text[]) as n (room_id, user_id, event_id)
      where s.room_id = n.room_id and s.type = 'm.room.member' and s.state_key = n.user_id
      """;

  /**
   * Two batches may each remove one of the last two members of a room. Both take this lock after
   * their changes and before they look for remaining members, so that the second batch sees the
   * changes of the first.
   */
  private static final String MEET =
      """
      select room_id from homeserver.room
      where room_id = any (:rooms)
      order by room_id
      for no key update
      """;

  /**
   * Admin-api 5.6: when the last joined local member leaves, the current state is dropped. The
   * statement looks for members from the end, while batches remove them from the start, so it does
   * not read the index entries of members that were just removed.
   */
  private static final String DROP_STATE =
      """
      with emptied as materialized (
        select r.room_id
        from unnest(:rooms::text[]) as r (room_id)
        where not exists (
          select from (
            select m.user_id from homeserver.membership m
            where m.room_id = r.room_id and m.user_server = :server and m.membership = 'join'
            order by m.user_id desc
            limit 1) as last)),
      counted as (
        update homeserver.room r
        set state_events = (select count(*) from homeserver.current_state s where s.room_id = r.room_id)
        from emptied
        where r.room_id = emptied.room_id
          and exists (select from homeserver.current_state s where s.room_id = r.room_id)
        returning r.room_id),
      noted as (
        insert into homeserver.removed (kind, id)
        select 'current_state', homeserver.removed_id(c.room_id) from counted c order by c.room_id
        on conflict do nothing)
      delete from homeserver.current_state s using emptied where s.room_id = emptied.room_id
      """;

  private Memberships() {}

  /**
   * The SQL condition that a user is in a room or may enter it: joined, invited or knocking.
   *
   * @param membership alias of a row of {@code homeserver.membership}
   */
  public static String isPresent(String membership) {
    return membership + ".membership in ('join', 'invite', 'knock')";
  }

  /** Maps by hand, as all batches that write memberships do so first. */
  public static List<Member> lockPresent(Handle handle, List<String> rooms, List<String> users) {
    return handle
        .createQuery(LOCK_PRESENT)
        .bindArray("rooms", String.class, rooms)
        .bindArray("users", String.class, users)
        .map(
            (rs, ctx) ->
                new Member(
                    rs.getString("room_id"),
                    rs.getString("user_id"),
                    rs.getString("membership"),
                    rs.getString("event_id")))
        .list();
  }

  /**
   * Writes a leave for local users, each sent by the user.
   *
   * @param members as {@link #lockPresent} returned them
   */
  public static void leave(Handle handle, String server, List<Member> members, boolean forget) {
    if (members.isEmpty()) {
      return;
    }
    List<NewEvent> events = new ArrayList<>(members.size());
    for (Member member : members) {
      events.add(
          new NewEvent(
              Ids.event("leave", member.roomId(), member.userId(), member.eventId()),
              member.roomId(),
              "m.room.member",
              member.userId(),
              member.userId(),
              EventJson.write(EventJson.object().put("membership", "leave")),
              NewEvent.replacing(member.eventId())));
    }
    Events.insert(handle, events);
    set(handle, events, "leave", forget);
    bindKeys(handle.createUpdate(SET_STATE), events).execute();
    dropStateOfEmptied(handle, server, members.stream().map(Member::roomId).toList());
  }

  /**
   * Joins local users to a room.
   *
   * @param purpose part of the events' ids: the same purpose joins nobody twice
   */
  public static void join(Handle handle, String room, List<Joiner> joiners, String purpose) {
    if (joiners.isEmpty()) {
      return;
    }
    write(
        handle, joiners.stream().map(joiner -> joinEvent(room, joiner, purpose)).toList(), "join");
  }

  /**
   * Writes membership events of one kind: the events, the memberships and the current state.
   *
   * @param membership the membership that the contents of all these events have
   */
  public static void write(Handle handle, List<NewEvent> events, String membership) {
    Events.insert(handle, events);
    set(handle, events, membership, false);
    CurrentState.set(handle, events);
  }

  public static NewEvent joinEvent(String room, Joiner joiner, String purpose) {
    return new NewEvent(
        Ids.event("join", purpose, room, joiner.userId()),
        room,
        "m.room.member",
        joiner.userId(),
        joiner.userId(),
        EventJson.write(joinContent(joiner.displayname(), joiner.avatarUrl())),
        null);
  }

  /** The content of a join. */
  static ObjectNode joinContent(@Nullable String displayname, @Nullable String avatarUrl) {
    ObjectNode content = EventJson.object();
    if (avatarUrl != null) {
      content.put("avatar_url", avatarUrl);
    }
    if (displayname != null) {
      content.put("displayname", displayname);
    }
    return content.put("membership", "join");
  }

  /** Writes new join events for joined users, with their present profile. */
  static void showAgain(Handle handle, List<NewEvent> joins) {
    if (joins.isEmpty()) {
      return;
    }
    Events.insert(handle, joins);
    set(handle, joins, "join", false);
    bindKeys(handle.createUpdate(SET_STATE), joins).execute();
  }

  /** Updates the membership rows to the given events. */
  public static void set(
      Handle handle, List<NewEvent> events, String membership, boolean forgotten) {
    bindKeys(handle.createUpdate(SET), events)
        .bind("membership", membership)
        .bind("forgotten", forgotten)
        .execute();
  }

  private static void dropStateOfEmptied(Handle handle, String server, Collection<String> rooms) {
    Object[] distinct = rooms.stream().distinct().toArray(Object[]::new);
    handle.createQuery(MEET).bindArray("rooms", String.class, distinct).mapTo(String.class).list();
    handle
        .createUpdate(DROP_STATE)
        .bindArray("rooms", String.class, distinct)
        .bind("server", server)
        .execute();
  }

  private static Update bindKeys(Update update, List<NewEvent> events) {
    Function<NewEvent, @Nullable String> user = NewEvent::stateKey;
    return update
        .bindArray("rooms", String.class, Events.column(events, NewEvent::roomId))
        .bindArray("users", String.class, Events.column(events, user))
        .bindArray("events", String.class, Events.column(events, NewEvent::eventId));
  }
}
