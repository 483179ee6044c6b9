package dev.bailiff.homeserver.store.batch;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Names of users and rooms of which nothing is stored: most often they were mistyped. */
public final class UnknownNames {
  // The order is that of an index, so that PostgreSQL looks for the one row only in that index.
  static final String USERS =
      """
      select u.id from unnest(:ids::text[]) as u (id)
       where (select count(*) from (select from homeserver.account a where a.user_id = u.id limit 1) x) = 0
         and (select count(*) from (select from homeserver.membership m where m.user_id = u.id
                                     order by m.membership, m.room_id limit 1) x) = 0
         and (select count(*) from (select from homeserver.event e where e.sender = u.id
                                     order by e.room_id, e.stream_ordering limit 1) x) = 0
      """;

  static final String ROOMS =
      """
      select r.id from unnest(:ids::text[]) as r (id)
       where (select count(*) from (select from homeserver.room k where k.room_id = r.id limit 1) x) = 0
         and (select count(*) from (select from homeserver.event e where e.room_id = r.id
                                     order by e.stream_ordering limit 1) x) = 0
      """;

  /** All statements, for the test of their plans. */
  public static final List<String> ALL = List.of(USERS, ROOMS);

  private UnknownNames() {}

  public static Set<String> users(Handle handle, List<String> ids) {
    return among(handle, USERS, ids);
  }

  public static Set<String> rooms(Handle handle, List<String> ids) {
    return among(handle, ROOMS, ids);
  }

  private static Set<String> among(Handle handle, String statement, List<String> ids) {
    return Set.copyOf(
        handle
            .createQuery(statement)
            .bindArray("ids", String.class, ids)
            .mapTo(String.class)
            .list());
  }
}
