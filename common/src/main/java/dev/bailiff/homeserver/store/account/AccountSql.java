package dev.bailiff.homeserver.store.account;

/** Statements that read accounts. */
final class AccountSql {

  /**
   * Admin-api 4.3: the devices first, then the recorded connections, then what the snapshot said.
   */
  static final String LAST_SEEN =
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

  /**
   * The collation pg_c_utf8 knows upper and lower case beyond ASCII and is the same on every
   * platform.
   */
  static final String MATCHING =
      """
      from homeserver.account a
      where (:guests or not a.is_guest)
        and (:deactivated or not a.deactivated)
        and (:locked or not a.locked)
        and (:admins::boolean is null or a.admin = :admins::boolean)
        and not (coalesce(a.user_type, '') = any (:notUserTypes))
        and (:userId::text is null
          or lower(a.user_id collate pg_c_utf8) like lower(:userId::text collate pg_c_utf8))
        and (:name::text is null
          or lower(substring(a.user_id from 2 for position(':' in a.user_id) - 2) collate pg_c_utf8)
             like lower(:name::text collate pg_c_utf8)
          or lower(a.displayname collate pg_c_utf8) like lower(:name::text collate pg_c_utf8))
      """;

  /** The page is cut before the last sight of its rows is looked up. */
  static final String LIST =
      """
      select a.*, %1$s as seen_at
      from (select a.*, row_number() over () as place
            from (select a.* %2$s order by %3$s, a.user_id limit :limit offset :from) a) a
      order by a.place
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

  /**
   * A room without a current state has nobody in it for us, whatever its memberships say (admin-api
   * 5.6).
   */
  static final String JOINED_ROOMS =
      """
      select m.room_id
      from homeserver.membership m
      where m.user_id = :userId and m.membership = 'join'
        and exists (
          select from homeserver.current_state s
          where s.room_id = m.room_id and s.type = 'm.room.create' and s.state_key = '')
      order by m.room_id
      """;

  private AccountSql() {}
}
