package dev.bailiff.homeserver.store;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Names of users and rooms of which nothing is stored: most often somebody mistyped them. */
final class UnknownNames {
  static final String USERS =
      """
      select u.id from unnest(:ids::text[]) as u (id)
       where not exists (select from homeserver.account a where a.user_id = u.id)
         and not exists (select from homeserver.membership m where m.user_id = u.id)
         and not exists (select from homeserver.event e where e.sender = u.id)
      """;

  static final String ROOMS =
      """
      select r.id from unnest(:ids::text[]) as r (id)
       where not exists (select from homeserver.room k where k.room_id = r.id)
         and not exists (select from homeserver.event e where e.room_id = r.id)
      """;

  private UnknownNames() {}

  static Set<String> users(Handle handle, List<String> ids) {
    return among(handle, USERS, ids);
  }

  static Set<String> rooms(Handle handle, List<String> ids) {
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
