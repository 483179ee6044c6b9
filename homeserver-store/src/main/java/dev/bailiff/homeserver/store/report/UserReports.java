package dev.bailiff.homeserver.store.report;

import dev.bailiff.homeserver.store.list.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/**
 * Reports on users. A list reads all of them, for the reason given in {@link EventReports}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class UserReports {

  private static final String MATCHING =
      """
      from homeserver.user_report r
      where (:userId::text is null or position(:userId::text in r.user_id) > 0)
        and (:targetUserId::text is null or position(:targetUserId::text in r.target_user_id) > 0)
      """;

  static final String COUNT = "select count(*) " + MATCHING;

  static final String NEWEST_FIRST =
      "select * " + MATCHING + "order by r.received_at desc, r.id desc limit :limit offset :from";

  static final String OLDEST_FIRST =
      "select * " + MATCHING + "order by r.received_at, r.id limit :limit offset :from";

  static final String FIND = "select * from homeserver.user_report where id = :id";

  static final String DELETE = "delete from homeserver.user_report where id = :id";

  private final Jdbi jdbi;

  public UserReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of the reports that match a filter, and the number of all that match. */
  public Page<UserReport> list(UserReportFilter filter) {
    return jdbi.withHandle(
        handle -> {
          long total = bind(handle.createQuery(COUNT), filter).mapTo(Long.class).one();
          List<UserReport> reports =
              bind(handle.createQuery(filter.descending() ? NEWEST_FIRST : OLDEST_FIRST), filter)
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map((rs, ctx) -> report(rs))
                  .list();
          return new Page<>(reports, total);
        });
  }

  /** The report with this id; empty for an unknown one. */
  public Optional<UserReport> find(long id) {
    return jdbi.withHandle(
        handle -> handle.createQuery(FIND).bind("id", id).map((rs, ctx) -> report(rs)).findOne());
  }

  /** Deletes a report; returns false if there was none. */
  public boolean delete(long id) {
    return jdbi.withHandle(handle -> handle.createUpdate(DELETE).bind("id", id).execute() > 0);
  }

  private static Query bind(Query query, UserReportFilter filter) {
    return query.bind("userId", filter.userId()).bind("targetUserId", filter.targetUserId());
  }

  private static UserReport report(ResultSet rs) throws SQLException {
    return new UserReport(
        rs.getLong("id"),
        rs.getLong("received_at"),
        rs.getString("target_user_id"),
        rs.getString("user_id"),
        rs.getString("reason"));
  }
}
