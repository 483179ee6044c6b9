package dev.bailiff.homeserver.store.session;

import dev.bailiff.access.TokenOwner;
import dev.bailiff.access.TokenOwners;
import dev.bailiff.access.TokenUse;
import dev.bailiff.homeserver.store.device.DeviceRemovals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of the own store. Times are the database's.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class AccessTokens implements TokenOwners {

  private static final String FIND =
      """
      select t.user_id, t.puppets_user_id, t.device_id, t.valid_until_at,
             coalesce(t.valid_until_at < (extract(epoch from clock_timestamp()) * 1000)::bigint, false) as expired,
             coalesce(a.admin, false) as admin, coalesce(a.is_guest, false) as is_guest,
             coalesce(a.locked, false) as locked, coalesce(o.deactivated, false) as deactivated,
             coalesce(a.suspended, false) as suspended
      from homeserver.access_token t
      left join homeserver.account a on a.user_id = coalesce(t.puppets_user_id, t.user_id)
      left join homeserver.account o on o.user_id = t.user_id
      where t.token_sha256 = :sha256
      """;

  /**
   * The window of 120 s is admin-api 1.2. Inside the window nothing is locked and nothing is
   * written, even if the user agent differs: clients choose their user agent freely, and the stored
   * one stays until the next write. A stored time that lies in the future, from a clock that was
   * ahead, counts as the present moment.
   */
  private static final String RECORD_USE =
      """
      with moment as (select (extract(epoch from clock_timestamp()) * 1000)::bigint as at),
      known as (
        select max(c.last_seen_at) as at
        from homeserver.connection c
        where c.user_id = :userId and c.device_id is not distinct from :deviceId and c.ip = :ip
          and c.last_seen_at > (select at from moment) - 120000),
      used as (
        insert into homeserver.connection (user_id, device_id, ip, user_agent, last_seen_at)
        select :userId, :deviceId, :ip, :userAgent, moment.at from moment, known
        where known.at is null
        on conflict on constraint connection_key
          do update set last_seen_at = excluded.last_seen_at, user_agent = excluded.user_agent
        returning user_id, device_id, ip, user_agent, last_seen_at),
      seen as (
        update homeserver.device d
        set last_seen_at = used.last_seen_at, last_seen_ip = used.ip, last_seen_user_agent = used.user_agent
        from used
        where d.user_id = used.user_id and d.device_id = used.device_id)
      select 120000 - greatest(moment.at - coalesce(known.at, moment.at), 0) from moment, known
      """;

  /**
   * This lock is shared with other logins and held until the token is stored. Deactivation and a
   * change of the password lock the account before they end its sessions. They either come first,
   * and this statement sees their change, or come later and find the token.
   */
  private static final String STILL_OPEN =
      """
      select user_id from homeserver.account
      where user_id = :userId and not deactivated and password_hash = :passwordHash
      for share
      """;

  private static final String ADD_DEVICE =
      """
      insert into homeserver.device (user_id, device_id, display_name)
      values (:userId, :deviceId, :displayName)
      on conflict do nothing
      """;

  private static final String ADD_TOKEN =
      """
      insert into homeserver.access_token (token_sha256, user_id, device_id, valid_until_at, puppets_user_id)
      values (:sha256, :userId, :deviceId, :validUntilAt, :puppets)
      """;

  /** A page takes a few milliseconds. */
  static final int PAGE = 1_000;

  /**
   * Deletes one page of tokens that expired four weeks ago or earlier, and returns its size. A
   * client with an expired token gets the answer "expired" for those four weeks, and "unknown"
   * after them.
   */
  static final String FORGET_EXPIRED =
      """
      with gone as (
        delete from homeserver.access_token
        where ctid = any (array(
          select ctid from homeserver.access_token
          where valid_until_at <= ((extract(epoch from now()) - 28 * 86400) * 1000)::bigint
          order by valid_until_at
          limit %d
          for update skip locked))
        returning 1)
      select count(*) from gone
      """
          .formatted(PAGE);

  static final String DELETE = "delete from homeserver.access_token where token_sha256 = :sha256";

  private final Jdbi jdbi;

  public AccessTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** {@inheritDoc} Maps by hand, as each request of a client asks, and reflection costs more. */
  @Override
  public Optional<TokenOwner> find(byte[] sha256) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("sha256", sha256)
                .map(
                    (rs, ctx) ->
                        new TokenOwner(
                            rs.getString("user_id"),
                            rs.getString("puppets_user_id"),
                            rs.getString("device_id"),
                            rs.getObject("valid_until_at", Long.class),
                            rs.getBoolean("expired"),
                            rs.getBoolean("admin"),
                            rs.getBoolean("is_guest"),
                            rs.getBoolean("locked"),
                            rs.getBoolean("deactivated"),
                            rs.getBoolean("suspended")))
                .findOne());
  }

  /** {@inheritDoc} A use is kept once in two minutes for the same user, device and IP. */
  @Override
  public Duration recordUse(TokenUse use) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(RECORD_USE)
                .bind("userId", use.userId())
                .bind("deviceId", use.deviceId())
                .bind("ip", use.ip())
                .bind("userAgent", use.userAgent())
                .mapTo(Long.class)
                .map(Duration::ofMillis)
                .one());
  }

  /**
   * Opens the session of a password login: stores its token, and its device if the device is new.
   * Checking a password takes a quarter of a second, in which the account may be deactivated or get
   * another password.
   *
   * @param passwordHash the stored hash that the password was checked against
   * @return whether the session was opened. If the account is deactivated or has another password
   *     by now, it was not, and nothing is stored.
   */
  public boolean open(NewSession session, String passwordHash) {
    return jdbi.inTransaction(
        handle -> {
          boolean open =
              handle
                  .createQuery(STILL_OPEN)
                  .bind("userId", session.userId())
                  .bind("passwordHash", passwordHash)
                  .mapTo(String.class)
                  .findOne()
                  .isPresent();
          if (open) {
            add(handle, session);
          }
          return open;
        });
  }

  /**
   * Stores a token by which one user acts as another (admin-api 4.15). The token is tied to no
   * device.
   *
   * @param owner the user to whom the token belongs; the token is deleted when this user logs out
   *     everywhere
   * @param validUntilAt milliseconds since the epoch, may lie in the past; null = never expires
   */
  public void addPuppet(String owner, byte[] sha256, @Nullable Long validUntilAt, String actsAs) {
    jdbi.useTransaction(
        handle -> add(handle, new NewSession(owner, sha256, null, null, validUntilAt, actsAs)));
  }

  /**
   * Ends the session of a token: deletes the device with its keys, pushers and tokens, or without a
   * device the token alone.
   */
  public void end(byte[] sha256, String owner, @Nullable String deviceId) {
    jdbi.useTransaction(
        handle -> {
          if (deviceId != null) {
            DeviceRemovals.of(handle, owner, List.of(deviceId));
          }
          handle.createUpdate(DELETE).bind("sha256", sha256).execute();
        });
  }

  /**
   * Deletes all devices of a user and all tokens that the user owns. Tokens by which somebody else
   * acts as the user stay (admin-api 4.17).
   */
  public void endAll(String user) {
    jdbi.useTransaction(handle -> Sessions.end(handle, List.of(user)));
  }

  /**
   * Deletes all tokens that expired four weeks ago or earlier, one page and transaction at a time.
   */
  public void forgetExpired() {
    int gone;
    do {
      gone =
          jdbi.withHandle(handle -> handle.createQuery(FORGET_EXPIRED).mapTo(Integer.class).one());
    } while (gone == PAGE);
  }

  private static void add(Handle handle, NewSession session) {
    if (session.deviceId() != null) {
      handle
          .createUpdate(ADD_DEVICE)
          .bind("userId", session.userId())
          .bind("deviceId", session.deviceId())
          .bind("displayName", session.displayName())
          .execute();
    }
    handle
        .createUpdate(ADD_TOKEN)
        .bind("sha256", session.tokenSha256())
        .bind("userId", session.userId())
        .bind("deviceId", session.deviceId())
        .bind("validUntilAt", session.validUntilAt())
        .bind("puppets", session.puppets())
        .execute();
  }
}
