package dev.bailiff.homeserver.store.account;

import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.list.TextSearch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statements for a list of users. A filter that is not set adds no condition, so that each
 * combination has a plan of its own and a search finds its index.
 *
 * <p><b>Cost:</b> the total of a list without a search is a sum over the few rows that count
 * accounts. A page by name, display name or time of creation is read from an index; the other
 * orders read all accounts once, as they have few different values or are computed from devices.
 *
 * @param pattern of the search; null without one
 */
record AccountListSql(AccountFilter filter, Conditions conditions, @Nullable String pattern) {

  private static final String BY_USER_ID = TextSearch.isLike("a.user_id", "userId");

  /**
   * The condition on the whole id is there for the index: a localpart that contains the name
   * implies it.
   */
  private static final String BY_NAME =
      TextSearch.isLike("a.user_id", "name")
          + " and "
          + TextSearch.isLike(
              "substring(a.user_id from 2 for position(':' in a.user_id) - 2)", "name")
          + " or "
          + TextSearch.isLike("a.displayname", "name");

  /**
   * The page is cut before the whole rows of its users are read and their last sight is looked up,
   * user by user (hence the {@code offset 0}). Of the users before the page, only the sort key goes
   * through the sort.
   */
  private static final String PAGE =
      """
      select a.user_id, a.is_guest as guest, a.admin, a.user_type, a.deactivated, a.erased, a.shadow_banned,
             a.locked, a.displayname, a.avatar_url, a.created_at, %1$s as last_seen_at
      from (select p.user_id, row_number() over () as place
            from (select a.user_id from homeserver.account a %2$s
                  order by %3$s limit :limit offset :from) p) p
      cross join lateral (select a.* from homeserver.account a where a.user_id = p.user_id offset 0) a
      order by p.place
      """;

  /**
   * For a search that has an index: the matching users are collected first. In a single step, the
   * planner may overestimate the number of matches and walk all users in their order until the page
   * is full.
   */
  private static final String PAGE_OF_FOUND =
      """
      with found as materialized (select a.* from homeserver.account a %2$s)
      select a.user_id, a.is_guest as guest, a.admin, a.user_type, a.deactivated, a.erased, a.shadow_banned,
             a.locked, a.displayname, a.avatar_url, a.created_at, %1$s as last_seen_at
      from (select a.*, row_number() over () as place
            from (select a.* from found a
                  order by %3$s limit :limit offset :from) a) a
      order by a.place
      """;

  /** Two wildcards and three characters: an index of trigrams is of no use for shorter patterns. */
  private static final int SHORTEST_INDEXED = 5;

  static AccountListSql of(AccountFilter filter) {
    String name = pattern(filter.name());
    String userId = name == null ? pattern(filter.userId()) : null;
    Conditions conditions = new Conditions();
    if (!filter.guests()) {
      conditions.and("not a.is_guest");
    }
    conditions.andIfSet("a.deactivated = :deactivated", "deactivated", filter.deactivated());
    if (!filter.locked()) {
      conditions.and("not a.locked");
    }
    conditions
        .andIfSet("a.admin = :admins", "admins", filter.admins())
        .andIfAny(
            "not (coalesce(a.user_type, '') = any (:notUserTypes))",
            "notUserTypes",
            filter.notUserTypes())
        .andIfSet(BY_USER_ID, "userId", userId)
        .andIfSet(BY_NAME, "name", name);
    return new AccountListSql(filter, conditions, name == null ? userId : name);
  }

  /** One row: {@code total}, and {@code rows}, the number of counting rows that were added up. */
  String count() {
    return pattern == null
        ? AccountCounts.TOTAL + conditions.where()
        : "select count(*) as total, 0 as rows from homeserver.account a " + conditions.where();
  }

  String page() {
    boolean indexed = pattern != null && pattern.length() >= SHORTEST_INDEXED;
    return (indexed ? PAGE_OF_FOUND : PAGE)
        .formatted(
            AccountSql.LAST_SEEN, conditions.where(), filter.order().sorting(filter.descending()));
  }

  Query bind(Query query) {
    return conditions.bindTo(query);
  }

  private static @Nullable String pattern(@Nullable String text) {
    return text == null || text.isEmpty() ? null : TextSearch.containing(text);
  }
}
