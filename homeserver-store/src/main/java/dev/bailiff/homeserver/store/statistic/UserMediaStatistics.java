package dev.bailiff.homeserver.store.statistic;

import dev.bailiff.homeserver.store.list.Page;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Media by user (admin-api 5.39).
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class UserMediaStatistics {

  /**
   * All media are counted, as the total covers all users; the count reads one index and not the
   * table. With a search term, the users are found first.
   */
  private static final String USERS =
      """
      from (select m.user_id, a.displayname, count(*) as media_count,
                   coalesce(sum(m.media_length), 0)::bigint as media_length
            from homeserver.local_media m
            left join homeserver.account a on a.user_id = m.user_id
            where m.user_id is not null and m.created_at >= :createdFrom
              and m.created_at <= coalesce(:createdUntil::bigint, 9223372036854775807)
              and (:term::text is null
                or position(:term::text in split_part(substring(m.user_id from 2), ':', 1)) > 0
                or position(:term::text in a.displayname) > 0)
            group by m.user_id, a.displayname) u
      """;

  static final String COUNT = "select count(*) " + USERS;

  private final Jdbi jdbi;

  public UserMediaStatistics(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of the users with media that match a filter, and the number of all such users. */
  public Page<UserMedia> list(UserMediaFilter filter) {
    return jdbi.withHandle(
        handle -> {
          long total = bind(handle.createQuery(COUNT), filter).mapTo(Long.class).one();
          List<UserMedia> users =
              bind(handle.createQuery(page(filter.order(), filter.descending())), filter)
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(
                      (rs, ctx) ->
                          new UserMedia(
                              rs.getString("user_id"),
                              rs.getString("displayname"),
                              rs.getLong("media_count"),
                              rs.getLong("media_length")))
                  .list();
          return new Page<>(users, total);
        });
  }

  static String page(UserMediaOrder order, boolean descending) {
    return "select * "
        + USERS
        + " order by "
        + order.expression()
        + (descending ? " desc" : "")
        + ", u.user_id limit :limit offset :from";
  }

  private static Query bind(Query query, UserMediaFilter filter) {
    return query
        .bind("createdFrom", filter.createdFrom())
        .bind("createdUntil", filter.createdUntil())
        .bind("term", filter.term());
  }
}
