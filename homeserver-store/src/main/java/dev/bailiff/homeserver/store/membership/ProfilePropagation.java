package dev.bailiff.homeserver.store.membership;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.store.batch.RoomLocks;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.Ids;
import dev.bailiff.homeserver.store.event.NewEvent;
import dev.bailiff.homeserver.store.membership.Memberships.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes a local user's profile into the rooms that they are joined to, by a new membership event
 * in each room (admin-api 4.2, steps 1 and 4). Each transaction covers some of the rooms. A room
 * that shows the profile already is left alone, so that a repeated call changes nothing else and
 * completes a call that died half-way.
 *
 * <p><b>Concurrency:</b> thread-safe. Rooms and members are locked in key order, as in batches.
 */
public final class ProfilePropagation {

  /** A room without a current state has no joined members for our server (admin-api 5.6). */
  static final String ROOMS =
      """
      select m.room_id
      from homeserver.membership m
      where m.user_id = :user and m.membership = 'join' and m.room_id > :after
        and exists (
          select from homeserver.current_state s
          where s.room_id = m.room_id and s.type = 'm.room.member' and s.state_key = m.user_id)
      order by m.room_id
      limit :size
      """;

  static final String CONTENTS =
      "select event_id, content from homeserver.event where event_id = any (:events)";

  private static final int ROOMS_A_TIME = 200;

  private final Jdbi jdbi;

  public ProfilePropagation(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Writes the profile of a user into all their rooms. */
  public void spread(String user) {
    String after = "";
    List<String> rooms;
    do {
      String from = after;
      rooms = jdbi.inTransaction(handle -> spread(handle, user, from));
      after = rooms.isEmpty() ? after : rooms.get(rooms.size() - 1);
    } while (rooms.size() == ROOMS_A_TIME);
  }

  private static List<String> spread(Handle handle, String user, String after) {
    List<String> rooms =
        handle
            .createQuery(ROOMS)
            .bind("user", user)
            .bind("after", after)
            .bind("size", ROOMS_A_TIME)
            .mapTo(String.class)
            .list();
    List<String> known = List.copyOf(RoomLocks.share(handle, rooms).keySet());
    List<Member> members =
        Memberships.lockPresent(handle, known, Collections.nCopies(known.size(), user)).stream()
            .filter(member -> member.membership().equals("join"))
            .toList();
    // The profile is read after the rooms are locked, so that the events show the profile that was
    // stored last.
    Profiles.Profile profile = Profiles.find(handle, user);
    Map<String, JsonNode> contents = contents(handle, members);
    List<NewEvent> events = new ArrayList<>();
    for (Member member : members) {
      if (!shows(contents.get(member.eventId()), profile)) {
        events.add(event(member, profile));
      }
    }
    Memberships.showAgain(handle, events);
    return rooms;
  }

  private static Map<String, JsonNode> contents(Handle handle, List<Member> members) {
    Map<String, JsonNode> contents = new HashMap<>();
    handle
        .createQuery(CONTENTS)
        .bindArray("events", String.class, members.stream().map(Member::eventId).toArray())
        .map((rs, ctx) -> Map.entry(rs.getString("event_id"), rs.getString("content")))
        .forEach(entry -> contents.put(entry.getKey(), EventJson.parse(entry.getValue())));
    return contents;
  }

  private static boolean shows(@Nullable JsonNode content, Profiles.Profile profile) {
    return content != null
        && Objects.equals(content.path("displayname").textValue(), profile.displayname())
        && Objects.equals(content.path("avatar_url").textValue(), profile.avatarUrl());
  }

  /** The id is derived from the replaced event, so that the same event is replaced only once. */
  private static NewEvent event(Member member, Profiles.Profile profile) {
    return new NewEvent(
        Ids.event("profile", member.roomId(), member.userId(), member.eventId()),
        member.roomId(),
        "m.room.member",
        member.userId(),
        member.userId(),
        EventJson.write(Memberships.joinContent(profile.displayname(), profile.avatarUrl())),
        NewEvent.replacing(member.eventId()));
  }
}
