package dev.bailiff.homeserver.store.account;

import dev.bailiff.database.LongTextOrder;

/** Statements that read accounts. */
public final class AccountSql {

  static final String DISPLAYNAME = "a.displayname";

  /** The API limits the length of display names, but a snapshot may hold longer ones. */
  static final LongTextOrder BY_DISPLAYNAME = new LongTextOrder(DISPLAYNAME, "a.user_id");

  /**
   * When an account {@code a} was last seen (admin-api 4.3): the time of the devices comes first,
   * then that of the recorded connections, then the time that the snapshot or connections deleted
   * since have left in the account.
   */
  public static final String LAST_SEEN =
      """
      coalesce(
        (select max(d.last_seen_at) from homeserver.device d where d.user_id = a.user_id),
        (select max(c.last_seen_at) from homeserver.connection c where c.user_id = a.user_id),
        a.last_seen_at)
      """;

  static final String FIND =
      """
      select a.*,
             coalesce(
               (select max(c.last_seen_at) from homeserver.connection c where c.user_id = a.user_id),
               a.last_seen_at) as seen_at
      from homeserver.account a
      where a.user_id = :userId
      """;

  static final String THREEPIDS =
      """
      select medium, address, added_at, validated_at from homeserver.threepid
      where user_id = :userId order by medium, address
      """;

  static final String EXTERNAL_IDS =
      """
      select auth_provider, external_id from homeserver.external_id
      where user_id = :userId order by auth_provider, external_id
      """;

  static final String FIND_FOR_LOGIN =
      """
      select user_id, password_hash, deactivated, locked
      from homeserver.account
      where lower(user_id) = lower(:userId::text collate "C")
      order by user_id = :userId desc, user_id
      limit 2
      """;

  static final String FIND_BY_THREEPID =
      """
      select user_id from homeserver.threepid where medium = :medium and address = :address
      """;

  static final String FIND_BY_EXTERNAL_ID =
      """
      select user_id from homeserver.external_id
      where auth_provider = :provider and external_id = :id
      """;

  static final String ADMIN = "select admin from homeserver.account where user_id = :userId";

  static final String EXTERNAL_IDS_OF_OTHERS =
      """
      select count(*)
      from unnest(:providers::text[], :ids::text[]) as wanted (auth_provider, external_id)
      join homeserver.external_id e
        on e.auth_provider = wanted.auth_provider and e.external_id = wanted.external_id
      where e.user_id <> :userId
      """;

  /**
   * Locks the account's row: a login that is under way either sees the new password, or its session
   * is seen by this transaction.
   */
  static final String SET_PASSWORD =
      "update homeserver.account set password_hash = :passwordHash where user_id = :userId";

  private AccountSql() {}
}
