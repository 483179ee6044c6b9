package dev.bailiff.homeserver.store.access;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Recorded uses of tokens (admin-api 4.5). Thread-safe. */
public final class Connections {

  /**
   * The tokens of a device are one here, as a snapshot does not tell them apart; of an address, the
   * newest user agent. What is older than 28 days is not shown any more.
   */
  static final String RECENT =
      """
      select ip, last_seen_at, user_agent
      from (
        select distinct on (device_id, ip) ip, last_seen_at, user_agent
        from homeserver.connection
        where user_id = :user
          and last_seen_at > ((extract(epoch from clock_timestamp()) - 28 * 86400) * 1000)::bigint
        order by device_id, ip, last_seen_at desc) c
      order by last_seen_at desc, ip
      """;

  private final Jdbi jdbi;

  public Connections(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** Where a user was seen from, newest first; empty for unknown users. */
  public List<Connection> recent(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RECENT)
                .bind("user", user)
                .map(
                    (rs, ctx) ->
                        new Connection(
                            rs.getString("ip"),
                            rs.getLong("last_seen_at"),
                            rs.getString("user_agent")))
                .list());
  }
}
