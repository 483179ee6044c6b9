package dev.bailiff.homeserver.store.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of the own store.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class Accounts {

  private final Jdbi jdbi;

  public Accounts(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A user with third-party ids and external ids; deactivated users are found as well. */
  public Optional<Account> find(String userId) {
    return jdbi.withHandle(handle -> find(handle, userId));
  }

  /** Users that match a filter, and how many do. */
  public Page<AccountSummary> list(AccountFilter filter) {
    boolean byName = filter.name() != null && !filter.name().isEmpty();
    String name = byName ? contains(filter.name()) : null;
    String userId = byName ? null : contains(filter.userId());
    String order = filter.order().expression() + (filter.descending() ? " desc" : "");
    return jdbi.withHandle(
        handle -> {
          long total =
              bindFilter(
                      handle.createQuery("select count(*) " + AccountSql.MATCHING),
                      filter,
                      name,
                      userId)
                  .mapTo(Long.class)
                  .one();
          String sql = AccountSql.LIST.formatted(AccountSql.LAST_SEEN, AccountSql.MATCHING, order);
          List<AccountSummary> items =
              bindFilter(handle.createQuery(sql), filter, name, userId)
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map((rs, ctx) -> summary(rs))
                  .list();
          return new Page<>(items, total);
        });
  }

  /**
   * Creates the user or modifies them, all or nothing.
   *
   * @return whether the user was created
   * @throws ExternalIdInUseException when another user has one of the external ids
   */
  public boolean save(AccountChange change) {
    return jdbi.inTransaction(handle -> AccountWrites.save(handle, change));
  }

  /** Whether there is a user whose id differs in letter case at most. */
  public boolean existsIgnoringCase(String userId) {
    return findForLogin(userId).isPresent();
  }

  /**
   * The account that a login names: the letter case does not matter, unless two accounts differ in
   * nothing else.
   */
  public Optional<LoginAccount> findForLogin(String userId) {
    List<LoginAccount> found =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(AccountSql.FIND_FOR_LOGIN)
                    .bind("userId", userId)
                    .map(
                        (rs, ctx) ->
                            new LoginAccount(
                                rs.getString("user_id"),
                                rs.getString("password_hash"),
                                rs.getBoolean("deactivated"),
                                rs.getBoolean("locked")))
                    .list());
    if (found.size() > 1 && !found.get(0).userId().equals(userId)) {
      return Optional.empty();
    }
    return found.stream().findFirst();
  }

  /** The user who has a third-party id. */
  public Optional<String> findByThreepid(ThreepidKey key) {
    ThreepidKey stored = key.canonical();
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AccountSql.FIND_BY_THREEPID)
                .bind("medium", stored.medium())
                .bind("address", stored.address())
                .mapTo(String.class)
                .findOne());
  }

  /**
   * Rooms that a local or remote user is joined to, in ascending order; empty for unknown users.
   */
  public List<String> joinedRooms(String userId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(AccountSql.JOINED_ROOMS)
                .bind("userId", userId)
                .mapTo(String.class)
                .list());
  }

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

  private static AccountSummary summary(ResultSet rs) throws SQLException {
    return new AccountSummary(
        rs.getString("user_id"),
        rs.getBoolean("is_guest"),
        rs.getBoolean("admin"),
        rs.getString("user_type"),
        rs.getBoolean("deactivated"),
        rs.getBoolean("erased"),
        rs.getBoolean("shadow_banned"),
        rs.getBoolean("locked"),
        rs.getString("displayname"),
        rs.getString("avatar_url"),
        rs.getLong("created_at"),
        rs.getObject("seen_at", Long.class));
  }

  private static Query bindFilter(
      Query query, AccountFilter filter, @Nullable String name, @Nullable String userId) {
    return query
        .bind("guests", filter.guests())
        .bind("deactivated", filter.deactivated())
        .bind("locked", filter.locked())
        .bind("admins", filter.admins())
        .bindArray("notUserTypes", String.class, filter.notUserTypes())
        .bind("userId", userId)
        .bind("name", name);
  }

  /** A pattern for "contains"; the wildcards of SQL are no wildcards of the API. */
  private static @Nullable String contains(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
