package dev.bailiff.homeserver.store.account;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The statements for a list of users. A filter that is not set adds no condition, so that each
 * combination has a plan of its own and a search finds its index.
 *
 * <p><b>Cost:</b> the total of a list without a search is a sum over the few rows that count
 * accounts. A page by name, display name or time of creation is read from an index; the other
 * orders read all accounts once, as they have few different values or are computed from devices.
 */
record AccountListSql(AccountFilter filter, @Nullable String userId, @Nullable String name) {

  /**
   * The collation pg_c_utf8 knows upper and lower case beyond ASCII and is the same on every
   * platform.
   */
  private static final String BY_USER_ID =
      "lower(a.user_id collate pg_c_utf8) like lower(:userId::text collate pg_c_utf8)";

  /**
   * The condition on the whole id is there for the index: a localpart that contains the name
   * implies it.
   */
  private static final String BY_NAME =
      """
      (lower(a.user_id collate pg_c_utf8) like lower(:name::text collate pg_c_utf8)
         and lower(substring(a.user_id from 2 for position(':' in a.user_id) - 2) collate pg_c_utf8)
               like lower(:name::text collate pg_c_utf8)
       or lower(a.displayname collate pg_c_utf8) like lower(:name::text collate pg_c_utf8))
      """;

  /**
   * The page is cut before the whole rows of its users are read and their last sight is looked up,
   * user by user (hence the {@code offset 0}). Of the users before the page, only the sort key goes
   * through the sort.
   */
  private static final String PAGE =
      """
      select a.*, %1$s as seen_at
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
      select a.*, %1$s as seen_at
      from (select a.*, row_number() over () as place
            from (select a.* from found a
                  order by %3$s limit :limit offset :from) a) a
      order by a.place
      """;

  /** Two wildcards and three characters: an index of trigrams is of no use for shorter patterns. */
  private static final int SHORTEST_INDEXED = 5;

  static AccountListSql of(AccountFilter filter) {
    boolean byName = filter.name() != null && !filter.name().isEmpty();
    return new AccountListSql(
        filter, byName ? null : contains(filter.userId()), byName ? contains(filter.name()) : null);
  }

  /** One row: {@code total}, and {@code rows}, the number of counting rows that were added up. */
  String count() {
    return userId == null && name == null
        ? AccountCounts.TOTAL + where()
        : "select count(*) as total, 0 as rows from homeserver.account a " + where();
  }

  String page() {
    return (isIndexed(userId) || isIndexed(name) ? PAGE_OF_FOUND : PAGE)
        .formatted(AccountSql.LAST_SEEN, where(), filter.order().sorting(filter.descending()));
  }

  private static boolean isIndexed(@Nullable String pattern) {
    return pattern != null && pattern.length() >= SHORTEST_INDEXED;
  }

  private String where() {
    List<String> conditions = new ArrayList<>();
    if (!filter.guests()) {
      conditions.add("not a.is_guest");
    }
    if (filter.deactivated() != null) {
      conditions.add("a.deactivated = :deactivated");
    }
    if (!filter.locked()) {
      conditions.add("not a.locked");
    }
    if (filter.admins() != null) {
      conditions.add("a.admin = :admins");
    }
    if (!filter.notUserTypes().isEmpty()) {
      conditions.add("not (coalesce(a.user_type, '') = any (:notUserTypes))");
    }
    if (userId != null) {
      conditions.add(BY_USER_ID);
    }
    if (name != null) {
      conditions.add(BY_NAME);
    }
    return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
  }

  Query bind(Query query) {
    if (filter.deactivated() != null) {
      query.bind("deactivated", filter.deactivated());
    }
    if (filter.admins() != null) {
      query.bind("admins", filter.admins());
    }
    if (!filter.notUserTypes().isEmpty()) {
      query.bindArray("notUserTypes", String.class, filter.notUserTypes());
    }
    if (userId != null) {
      query.bind("userId", userId);
    }
    if (name != null) {
      query.bind("name", name);
    }
    return query;
  }

  /**
   * A pattern for "contains". The wildcards of SQL are escaped, as they are ordinary characters in
   * the API.
   */
  private static @Nullable String contains(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}
