package dev.bailiff.homeserver.store.counting;

import dev.bailiff.homeserver.store.event.CurrentState;
import java.util.List;

/**
 * Statements that count users, rooms and media. Each finds its rows by an index. A sweep that most
 * media are in reads all of them, as a plan for any sweep does.
 */
public final class CountingSql {
  static final String ACCOUNTS =
      """
      select u.place, a.user_id is not null as has_account, coalesce(a.deactivated, false) as deactivated,
             coalesce(a.erased, false) as erased,
             (select count(*) from homeserver.membership m
              where m.user_id = u.user_id and m.membership = 'join' and %s) as rooms
      from unnest(:users::text[]) with ordinality as u (user_id, place)
      left join homeserver.account a on a.user_id = u.user_id
      order by u.place
      """
          .formatted(CurrentState.existsIn("m.room_id"));

  static final String MEMBERS_OF_ROOM =
      """
      select count(*) from homeserver.membership m
      where m.room_id = :room and m.user_server = :server and m.membership = 'join'
      """;

  /** Members of any server, of rooms that have any. */
  static final String LARGEST_ROOM =
      """
      select coalesce(max(r.members), 0)
        from (select count(*) as members from homeserver.membership m
               where m.room_id = any(:rooms) and m.membership = 'join' group by m.room_id) r
      """;

  /** Reads the key alone. */
  static final String EVENTS_OF_ROOM =
      "select count(*) from homeserver.event e where e.room_id = :room";

  private static final String MEDIA =
      """
      select count(*) as media, coalesce(sum(m.media_length), 0)::bigint as bytes
      from homeserver.local_media m
      where %s
      """;

  static final String MEDIA_BY_ID = MEDIA.formatted("m.media_id = any(:ids)");

  static final String MEDIA_OF_USERS = MEDIA.formatted("m.user_id = any(:users)");

  public static final String SWEPT_MEDIA =
      MEDIA.formatted(
          "m.quarantined_by is null and not m.safe_from_quarantine and m.media_length > :largerThan"
              + " and coalesce(m.last_access_at, m.created_at) < :beforeAt");

  /** All statements, for the test of their plans. */
  public static final List<String> ALL =
      List.of(
          ACCOUNTS,
          MEMBERS_OF_ROOM,
          LARGEST_ROOM,
          EVENTS_OF_ROOM,
          MEDIA_BY_ID,
          MEDIA_OF_USERS,
          SWEPT_MEDIA);

  private CountingSql() {}
}
