package dev.bailiff.homeserver.store.account;

import dev.bailiff.homeserver.store.event.CurrentState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * The rooms and memberships of users, local or remote (admin-api 4.11, 5.27 to 5.29). An unknown
 * user has no rooms and is no error. Thread-safe.
 */
public final class UserRooms {

  /**
   * A room without a current state has no joined members, even if memberships are stored (admin-api
   * 5.6).
   */
  static final String JOINED =
      """
      select m.room_id
      from homeserver.membership m
      where m.user_id = :user and m.membership = 'join'
        and %s
      order by m.room_id
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  static final String MEMBERSHIPS =
      """
      select m.room_id, m.membership
      from homeserver.membership m
      where m.user_id = :user
        and %s
      order by m.room_id
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  static final String EVENTS_ABOUT_OTHERS =
      """
      select content from homeserver.event
      where type = 'm.room.member' and state_key <> sender
        and sender = :user and origin_server_ts >= :from
        and not rejected
      """;

  static final String EVENTS_OF_MEMBER =
      """
      select room_id, content from homeserver.event
      where type = 'm.room.member' and state_key = :user and origin_server_ts >= :from
        and not rejected
      order by room_id
      """;

  private static final int FETCH = 1_000;

  private final Jdbi jdbi;

  public UserRooms(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Rooms that a user is joined to, in ascending order. */
  public List<String> joined(String user) {
    return jdbi.withHandle(
        handle -> handle.createQuery(JOINED).bind("user", user).mapTo(String.class).list());
  }

  /** The user's membership in each room, in ascending order of the rooms. */
  public Map<String, String> memberships(String user) {
    return jdbi.withHandle(
        handle -> {
          Map<String, String> byRoom = new LinkedHashMap<>();
          handle
              .createQuery(MEMBERSHIPS)
              .bind("user", user)
              .map((rs, ctx) -> Map.entry(rs.getString("room_id"), rs.getString("membership")))
              .forEach(entry -> byRoom.put(entry.getKey(), entry.getValue()));
          return byRoom;
        });
  }

  /**
   * The number of invites that a user sent.
   *
   * @param from milliseconds since the epoch, inclusive. It is compared with the time that the
   *     events claim themselves, as the store keeps no other time.
   */
  public long sentInvites(String user, long from) {
    return jdbi.inTransaction(
        handle -> {
          try (var contents =
              handle
                  .createQuery(EVENTS_ABOUT_OTHERS)
                  .bind("user", user)
                  .bind("from", from)
                  .setFetchSize(FETCH)
                  .mapTo(String.class)
                  .stream()) {
            return contents.filter(content -> MembershipContent.is(content, "invite")).count();
          }
        });
  }

  /**
   * The number of rooms that a user joined, including rooms that the user has left since.
   *
   * @param from as in {@link #sentInvites}
   */
  public long joinedSince(String user, long from) {
    return jdbi.inTransaction(
        handle -> {
          try (var events =
              handle
                  .createQuery(EVENTS_OF_MEMBER)
                  .bind("user", user)
                  .bind("from", from)
                  .setFetchSize(FETCH)
                  .map((rs, ctx) -> Map.entry(rs.getString("room_id"), rs.getString("content")))
                  .stream()) {
            return events
                .filter(event -> MembershipContent.is(event.getValue(), "join"))
                .map(Map.Entry::getKey)
                .distinct()
                .count();
          }
        });
  }
}
