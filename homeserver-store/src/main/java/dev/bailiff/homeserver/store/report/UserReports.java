package dev.bailiff.homeserver.store.report;

import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.list.Page;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Reports on users. A list reads all of them, for the reason given in {@link EventReports}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class UserReports {

  private static final String COUNT = "select count(*) from homeserver.user_report r\n";

  private static final String SELECT = "select * from homeserver.user_report r\n";

  private static final String NEWEST_FIRST =
      "order by r.received_at desc, r.id desc limit :limit offset :from";

  private static final String OLDEST_FIRST =
      "order by r.received_at, r.id limit :limit offset :from";

  private static final String FIND = SELECT + "where r.id = :id";

  private static final String DELETE = "delete from homeserver.user_report where id = :id";

  private final Jdbi jdbi;

  public UserReports(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** A page of the reports that match a filter, and the number of all that match. */
  public Page<UserReport> list(UserReportFilter filter) {
    Conditions conditions =
        new Conditions()
            .andIfSet("position(:userId in r.user_id) > 0", "userId", filter.userId())
            .andIfSet(
                "position(:targetUserId in r.target_user_id) > 0",
                "targetUserId",
                filter.targetUserId());
    String count = COUNT + conditions.where();
    String page = SELECT + conditions.where() + (filter.descending() ? NEWEST_FIRST : OLDEST_FIRST);
    return jdbi.withHandle(
        handle -> {
          long total = conditions.bindTo(handle.createQuery(count)).mapTo(Long.class).one();
          List<UserReport> reports =
              conditions
                  .bindTo(handle.createQuery(page))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(ConstructorMapper.of(UserReport.class))
                  .list();
          return new Page<>(reports, total);
        });
  }

  /** The report with this id; empty for an unknown one. */
  public Optional<UserReport> find(long id) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(FIND)
                .bind("id", id)
                .map(ConstructorMapper.of(UserReport.class))
                .findOne());
  }

  /** Deletes a report; returns false if there was none. */
  public boolean delete(long id) {
    return jdbi.withHandle(handle -> handle.createUpdate(DELETE).bind("id", id).execute() > 0);
  }
}
