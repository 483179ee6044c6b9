package dev.bailiff.homeserver.store.session;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Recorded uses of tokens (admin-api 4.5). Thread-safe. */
public final class Connections {

  /**
   * All tokens of a device count as one, as a snapshot does not distinguish them. Uses older than
   * 28 days are not shown.
   */
  static final String RECENT =
      """
      select ip, last_seen_at, user_agent
      from homeserver.connection
      where user_id = :user
        and last_seen_at > ((extract(epoch from clock_timestamp()) - 28 * 86400) * 1000)::bigint
      order by last_seen_at desc, ip
      """;

  /** A page takes a few milliseconds, and its locks are held no longer. */
  static final int PAGE = 1_000;

  /**
   * Deletes one page of the rows that {@link #RECENT} no longer shows, and returns its size. The
   * same statement keeps the last time of use with the account, so that a crash loses neither. Any
   * number of processes may run the statement at once: a process skips rows that another one has
   * locked. Accounts are locked in key order.
   */
  static final String FORGET_OLD =
      """
      with old as (
        select ctid from homeserver.connection
        where last_seen_at <= ((extract(epoch from now()) - 28 * 86400) * 1000)::bigint
        order by last_seen_at
        limit %d
        for update skip locked),
      gone as (
        delete from homeserver.connection where ctid = any (array(select ctid from old))
        returning user_id, last_seen_at),
      locked as (
        select user_id from homeserver.account
        where user_id = any (array(select user_id from gone))
        order by user_id
        for no key update),
      seen as (
        update homeserver.account a set last_seen_at = g.last_seen_at
        from (select user_id, max(last_seen_at) as last_seen_at from gone group by user_id) g
        where a.user_id = any (array(select user_id from locked))
          and a.user_id = g.user_id
          and (a.last_seen_at is null or a.last_seen_at < g.last_seen_at))
      select count(*) from gone
      """
          .formatted(PAGE);

  private final Jdbi jdbi;

  public Connections(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The recorded uses of a user's tokens, newest first; empty for unknown users. */
  public List<Connection> recent(String user) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RECENT)
                .bind("user", user)
                .map(ConstructorMapper.of(Connection.class))
                .list());
  }

  /**
   * Deletes all rows that are too old to be shown, one page and transaction at a time. The time at
   * which a user was last seen does not change.
   */
  public void forgetOld() {
    int gone;
    do {
      gone = jdbi.withHandle(handle -> handle.createQuery(FORGET_OLD).mapTo(Integer.class).one());
    } while (gone == PAGE);
  }
}
