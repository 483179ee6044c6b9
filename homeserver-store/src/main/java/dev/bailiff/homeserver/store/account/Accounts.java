package dev.bailiff.homeserver.store.account;

import dev.bailiff.homeserver.deactivation.KnownUsers;
import dev.bailiff.homeserver.store.list.Page;
import dev.bailiff.homeserver.store.session.SessionToKeep;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of the own store.
 *
 * <p><b>Concurrency:</b> thread-safe; each change is one short transaction. A read with two
 * results, such as a page and its total, runs two statements one right after the other.
 */
public final class Accounts implements KnownUsers {

  private final Jdbi jdbi;

  public Accounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A user with third-party ids and external ids; deactivated users are found as well. */
  public Optional<Account> find(String userId) {
    return jdbi.withHandle(handle -> find(handle, userId));
  }

  /** {@inheritDoc} Deactivated users are included. */
  @Override
  public boolean exists(String userId) {
    return isAdmin(userId).isPresent();
  }

  /** The admin flag of a user; empty for an unknown one. */
  public Optional<Boolean> isAdmin(String userId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AccountSql.ADMIN)
                .bind("userId", userId)
                .mapTo(Boolean.class)
                .findOne());
  }

  /** Whether there are server admins beside some users, who can use their accounts. */
  public boolean hasAdminBeside(Collection<String> users) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select (select coalesce(sum(c.accounts), 0) from homeserver.account_count c
                             where c.admin and not c.deactivated and not c.locked and not c.is_guest)
                         > (select count(*) from homeserver.account a
                             where a.user_id = any(:users) and a.admin and not a.deactivated and not a.locked and not a.is_guest)
                    """)
                .bindArray("users", String.class, users)
                .mapTo(Boolean.class)
                .one());
  }

  /** Folds the counts of accounts for {@link #list} if changes have added many rows. */
  public void foldCounts() {
    jdbi.useHandle(AccountCounts::foldMany);
  }

  /** A page of the users that match a filter, and the number of all that match. */
  public Page<AccountSummary> list(AccountFilter filter) {
    AccountListSql sql = AccountListSql.of(filter);
    return jdbi.withHandle(
        handle -> {
          long total = AccountCounts.total(handle, sql);
          List<AccountSummary> items =
              sql.bind(handle.createQuery(sql.page()))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(ConstructorMapper.of(AccountSummary.class))
                  .list();
          return new Page<>(items, total);
        });
  }

  /**
   * Creates the user or modifies them, all or nothing.
   *
   * @param kept the session that made the change, if it is one of the user's own: a new password
   *     does not end it
   * @return whether the user was created
   * @throws ExternalIdInUseException when another user has one of the external ids
   */
  public boolean save(AccountChange change, @Nullable SessionToKeep kept) {
    return jdbi.inTransaction(handle -> AccountWrites.save(handle, change, kept));
  }

  /**
   * Creates the user or modifies them as {@link #save(AccountChange, SessionToKeep)} does; a new
   * password ends all sessions.
   */
  public boolean save(AccountChange change) {
    return save(change, null);
  }

  /** Sets a flag and returns whether the user exists. */
  public boolean set(String userId, AccountFlag flag, boolean value) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createUpdate(flag.update())
                    .bind("user", userId)
                    .bind("value", value)
                    .execute())
        == 1;
  }

  /**
   * Sets a password (admin-api 4.8). A deactivated account stays deactivated.
   *
   * @param passwordHash bcrypt
   * @param logout whether all sessions of the user except {@code kept} end
   * @return whether the user exists
   */
  public boolean setPassword(
      String userId, String passwordHash, boolean logout, @Nullable SessionToKeep kept) {
    return jdbi.inTransaction(
        handle -> {
          boolean known =
              handle
                      .createUpdate(AccountSql.SET_PASSWORD)
                      .bind("userId", userId)
                      .bind("passwordHash", passwordHash)
                      .execute()
                  == 1;
          if (known && logout) {
            AccountWrites.endSessions(handle, userId, kept);
          }
          return known;
        });
  }

  /** Whether one of these external ids belongs to another user. */
  public boolean othersHave(String userId, List<ExternalId> externalIds) {
    return jdbi.withHandle(
            handle ->
                handle
                    .createQuery(AccountSql.EXTERNAL_IDS_OF_OTHERS)
                    .bind("userId", userId)
                    .bindArray(
                        "providers",
                        String.class,
                        externalIds.stream().map(ExternalId::authProvider).toList())
                    .bindArray(
                        "ids",
                        String.class,
                        externalIds.stream().map(ExternalId::externalId).toList())
                    .mapTo(Long.class)
                    .one())
        > 0;
  }

  /** Whether a user has this id, or one that differs from it in letter case alone. */
  public boolean existsIgnoringCase(String userId) {
    return findForLogin(userId).isPresent();
  }

  /**
   * The account that a login names. Letter case does not matter, unless two accounts differ in
   * letter case alone.
   */
  public Optional<LoginAccount> findForLogin(String userId) {
    List<LoginAccount> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(AccountSql.FIND_FOR_LOGIN)
                    .bind("userId", userId)
                    .map(ConstructorMapper.of(LoginAccount.class))
                    .list());
    if (found.size() > 1 && !found.get(0).userId().equals(userId)) {
      return Optional.empty();
    }
    return found.stream().findFirst();
  }

  /** The user who has a third-party id, in any spelling that has the same stored form. */
  public Optional<String> findByThreepid(ThreepidKey key) {
    return findByStored(key.canonical());
  }

  /** The user who has a third-party id that is given in its stored form. */
  public Optional<String> findByStored(ThreepidKey stored) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AccountSql.FIND_BY_THREEPID)
                .bind("medium", stored.medium())
                .bind("address", stored.address())
                .mapTo(String.class)
                .findOne());
  }

  /** The user who has an id of a single sign-on provider. */
  public Optional<String> findBy(ExternalId id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AccountSql.FIND_BY_EXTERNAL_ID)
                .bind("provider", id.authProvider())
                .bind("id", id.externalId())
                .mapTo(String.class)
                .findOne());
  }

  /** Maps by hand, as clients ask for single users all the time and reflection costs more. */
  private static Optional<Account> find(Handle handle, String userId) {
    List<Threepid> threepids =
        handle
            .createQuery(AccountSql.THREEPIDS)
            .bind("userId", userId)
            .map(
                (rs, ctx) ->
                    new Threepid(
                        rs.getString("medium"),
                        rs.getString("address"),
                        rs.getLong("added_at"),
                        rs.getLong("validated_at")))
            .list();
    List<ExternalId> externalIds =
        handle
            .createQuery(AccountSql.EXTERNAL_IDS)
            .bind("userId", userId)
            .map(
                (rs, ctx) ->
                    new ExternalId(rs.getString("auth_provider"), rs.getString("external_id")))
            .list();
    return handle
        .createQuery(AccountSql.FIND)
        .bind("userId", userId)
        .map((rs, ctx) -> account(rs, threepids, externalIds))
        .findOne();
  }

  private static Account account(
      ResultSet rs, List<Threepid> threepids, List<ExternalId> externalIds) throws SQLException {
    return new Account(
        rs.getString("user_id"),
        rs.getString("displayname"),
        rs.getString("avatar_url"),
        threepids,
        externalIds,
        rs.getBoolean("is_guest"),
        rs.getBoolean("admin"),
        rs.getBoolean("deactivated"),
        rs.getBoolean("shadow_banned"),
        rs.getBoolean("erased"),
        rs.getBoolean("locked"),
        rs.getBoolean("suspended"),
        rs.getLong("created_at"),
        rs.getString("appservice_id"),
        rs.getString("consent_server_notice_sent"),
        rs.getString("consent_version"),
        rs.getObject("consent_at", Long.class),
        rs.getString("user_type"),
        rs.getObject("seen_at", Long.class));
  }
}
