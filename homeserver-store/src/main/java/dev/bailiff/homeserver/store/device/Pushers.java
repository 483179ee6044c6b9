package dev.bailiff.homeserver.store.device;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Pushers of the own store (admin-api 4.25). Thread-safe. */
public final class Pushers {

  static final String LIST =
      """
      select app_id, pushkey, kind, app_display_name, device_display_name, profile_tag, lang, data,
             device_id, enabled
      from homeserver.pusher
      where user_id = :user
      order by app_id, pushkey
      """;

  private final Jdbi jdbi;

  public Pushers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All pushers of a user. */
  public List<Pusher> list(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LIST)
                .bind("user", user)
                .map(ConstructorMapper.of(Pusher.class))
                .list());
  }
}
