package dev.bailiff.homeserver.store.statistic;

import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.list.Page;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

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
            %s
            group by m.user_id, a.displayname) u
      """;

  private static final String BY_TERM =
      "position(:term in split_part(substring(m.user_id from 2), ':', 1)) > 0"
          + " or position(:term in a.displayname) > 0";

  private final Jdbi jdbi;

  public UserMediaStatistics(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of the users with media that match a filter, and the number of all such users. */
  public Page<UserMedia> list(UserMediaFilter filter) {
    Conditions conditions =
        new Conditions()
            .and("m.user_id is not null")
            .andIfSet("m.created_at >= :createdFrom", "createdFrom", filter.createdFrom())
            .andIfSet("m.created_at <= :createdUntil", "createdUntil", filter.createdUntil())
            .andIfSet(BY_TERM, "term", filter.term());
    String users = USERS.formatted(conditions.where());
    String page =
        "select u.user_id, u.displayname, u.media_count as count, u.media_length as length "
            + users
            + "order by "
            + filter.order().expression()
            + (filter.descending() ? " desc" : "")
            + ", u.user_id limit :limit offset :from";
    return jdbi.withHandle(
        handle -> {
          long total =
              conditions
                  .bindTo(handle.createQuery("select count(*) " + users))
                  .mapTo(Long.class)
                  .one();
          List<UserMedia> items =
              conditions
                  .bindTo(handle.createQuery(page))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(ConstructorMapper.of(UserMedia.class))
                  .list();
          return new Page<>(items, total);
        });
  }
}
