package dev.bailiff.homeserver.store.account;

import dev.bailiff.homeserver.store.list.Patch;
import dev.bailiff.homeserver.store.session.SessionToKeep;
import dev.bailiff.homeserver.store.session.Sessions;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The steps of admin-api 4.2 inside one transaction. */
final class AccountWrites {

  private static final String CREATE =
      """
      insert into homeserver.account (user_id, created_at, displayname)
      values (:userId, (extract(epoch from clock_timestamp()))::bigint * 1000, :displayname)
      on conflict do nothing
      """;

  private static final String LOCK =
      "select user_id from homeserver.account where user_id = :userId for no key update";

  /** An assigned null removes the stored value; a value that is not assigned stays. */
  private static final String MODIFY =
      """
      update homeserver.account
      set displayname = case when :setDisplayname then :displayname else displayname end,
          avatar_url = case when :setAvatarUrl then :avatarUrl else avatar_url end,
          user_type = case when :setUserType then :userType else user_type end,
          admin = coalesce(:admin, admin),
          locked = coalesce(:locked, locked),
          password_hash = coalesce(:passwordHash, password_hash),
          deactivated = deactivated and not :reactivate,
          erased = erased and not :reactivate
      where user_id = :userId
      """;

  private static final String DROP_THREEPIDS =
      """
      with dropped as (
        delete from homeserver.threepid t
        where t.user_id = :userId
          and not exists (
            select from unnest(:media, :addresses) as wanted (medium, address)
            where wanted.medium = t.medium and wanted.address = t.address)
        returning t.medium, t.address)
      delete from homeserver.pusher p using dropped
      where p.user_id = :userId and p.app_id = 'm.email'
        and dropped.medium = 'email' and p.pushkey = dropped.address
      """;

  /**
   * An address that another user holds moves to this user without an error (admin-api 4.2). An
   * address that this user already has keeps its times.
   */
  private static final String ADD_THREEPIDS =
      """
      insert into homeserver.threepid as t (medium, address, user_id, added_at, validated_at)
      select wanted.medium, wanted.address, :userId, moment.at, moment.at
      from unnest(:media, :addresses) as wanted (medium, address),
           (select (extract(epoch from clock_timestamp()) * 1000)::bigint as at) as moment
      on conflict (medium, address) do update
      set user_id = excluded.user_id, added_at = excluded.added_at, validated_at = excluded.validated_at
      where t.user_id <> excluded.user_id
      """;

  private static final String DROP_EXTERNAL_IDS =
      "delete from homeserver.external_id where user_id = :userId";

  private static final String ADD_EXTERNAL_IDS =
      """
      insert into homeserver.external_id (auth_provider, external_id, user_id)
      select wanted.auth_provider, wanted.external_id, :userId
      from unnest(:providers, :ids) as wanted (auth_provider, external_id)
      on conflict do nothing
      """;

  private AccountWrites() {}

  /** Returns whether the user was created. */
  static boolean save(Handle handle, AccountChange change, @Nullable SessionToKeep kept) {
    boolean created = create(handle, change);
    modify(handle, change, created);
    if (change.threepids() != null) {
      replaceThreepids(handle, change.userId(), change.threepids());
    }
    if (change.externalIds() != null) {
      replaceExternalIds(handle, change.userId(), change.externalIds());
    }
    if (!created && change.passwordHash() != null && change.logoutDevices()) {
      endSessions(handle, change.userId(), kept);
    }
    return created;
  }

  static void endSessions(Handle handle, String userId, @Nullable SessionToKeep kept) {
    if (kept == null) {
      Sessions.end(handle, List.of(userId));
    } else {
      Sessions.endOthers(handle, userId, kept);
    }
  }

  private static boolean create(Handle handle, AccountChange change) {
    int rows =
        handle
            .createUpdate(CREATE)
            .bind("userId", change.userId())
            .bind("displayname", value(change.displayname()))
            .execute();
    handle.createQuery(LOCK).bind("userId", change.userId()).mapTo(String.class).one();
    return rows == 1;
  }

  private static void modify(Handle handle, AccountChange change, boolean created) {
    boolean reactivate = !created && Boolean.FALSE.equals(change.deactivated());
    handle
        .createUpdate(MODIFY)
        .bind("userId", change.userId())
        .bind("setDisplayname", change.displayname() != null)
        .bind("displayname", value(change.displayname()))
        .bind("setAvatarUrl", change.avatarUrl() != null)
        .bind("avatarUrl", value(change.avatarUrl()))
        .bind("setUserType", change.userType() != null)
        .bind("userType", value(change.userType()))
        .bind("admin", change.admin())
        .bind("locked", created ? null : change.locked())
        .bind("passwordHash", change.passwordHash())
        .bind("reactivate", reactivate)
        .execute();
  }

  private static void replaceThreepids(Handle handle, String userId, List<ThreepidKey> wanted) {
    bindThreepids(handle.createUpdate(DROP_THREEPIDS), userId, wanted.stream().distinct().toList())
        .execute();
    bindThreepids(
            handle.createUpdate(ADD_THREEPIDS),
            userId,
            wanted.stream().map(ThreepidKey::canonical).distinct().toList())
        .execute();
  }

  private static Update bindThreepids(Update update, String userId, List<ThreepidKey> keys) {
    return update
        .bind("userId", userId)
        .bindArray("media", String.class, keys.stream().map(ThreepidKey::medium).toList())
        .bindArray("addresses", String.class, keys.stream().map(ThreepidKey::address).toList());
  }

  private static void replaceExternalIds(Handle handle, String userId, List<ExternalId> wanted) {
    List<ExternalId> distinct = wanted.stream().distinct().toList();
    handle.createUpdate(DROP_EXTERNAL_IDS).bind("userId", userId).execute();
    int added =
        handle
            .createUpdate(ADD_EXTERNAL_IDS)
            .bind("userId", userId)
            .bindArray(
                "providers", String.class, distinct.stream().map(ExternalId::authProvider).toList())
            .bindArray("ids", String.class, distinct.stream().map(ExternalId::externalId).toList())
            .execute();
    if (added != distinct.size()) {
      throw new ExternalIdInUseException();
    }
  }

  private static @Nullable String value(@Nullable Patch<String> assigned) {
    return assigned == null ? null : assigned.value();
  }
}
