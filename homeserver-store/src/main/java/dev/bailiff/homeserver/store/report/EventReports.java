package dev.bailiff.homeserver.store.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.database.Conditions;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.list.Page;
import dev.bailiff.homeserver.store.room.RoomSummaries;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Reports on events. Reports on a deleted room are kept but not shown (admin-api 5.36).
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class EventReports {

  /**
   * A list reads all reports. People write reports by hand, so there are thousands of them where
   * there are millions of events, and the filters look for parts of ids.
   */
  private static final String REPORTS =
      """
      from homeserver.event_report r
      join homeserver.room on room.room_id = r.room_id
      left join homeserver.event e on e.event_id = r.event_id
      left join homeserver.room_summary s on s.room_id = r.room_id
      """;

  private static final String COUNT = "select count(*) " + REPORTS;

  private static final String SELECT =
      """
      select r.id, r.received_at, r.room_id, r.event_id, r.user_id, r.content as report, r.reason,
             e.sender, s.canonical_alias, s.name
      """
          + REPORTS;

  private static final String NEWEST_FIRST =
      "order by r.received_at desc, r.id desc limit :limit offset :from";

  private static final String OLDEST_FIRST =
      "order by r.received_at, r.id limit :limit offset :from";

  private static final String FIND = SELECT + "where r.id = :id";

  private static final String DELETE = "delete from homeserver.event_report where id = :id";

  private final Jdbi jdbi;
  private final RoomSummaries summaries;

  /**
   * @param summaries the source of the rooms' names
   */
  public EventReports(Jdbi jdbi, RoomSummaries summaries) {
    this.jdbi = jdbi;
    this.summaries = summaries;
  }

  /** A page of the reports that match a filter, and the number of all that match. */
  public Page<EventReport> list(EventReportFilter filter) {
    summaries.refresh();
    Conditions conditions =
        new Conditions()
            .andIfSet("position(:userId in r.user_id) > 0", "userId", filter.userId())
            .andIfSet("position(:roomId in r.room_id) > 0", "roomId", filter.roomId())
            .andIfSet("e.sender = :sender", "sender", filter.sender());
    String count = COUNT + conditions.where();
    String page = SELECT + conditions.where() + (filter.descending() ? NEWEST_FIRST : OLDEST_FIRST);
    return jdbi.withHandle(
        handle -> {
          long total = conditions.bindTo(handle.createQuery(count)).mapTo(Long.class).one();
          List<EventReport> reports =
              conditions
                  .bindTo(handle.createQuery(page))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map((rs, ctx) -> report(rs))
                  .list();
          return new Page<>(reports, total);
        });
  }

  /** The report with this id; empty for an unknown one. */
  public Optional<EventReport> find(long id) {
    summaries.refresh();
    return jdbi.withHandle(
        handle -> handle.createQuery(FIND).bind("id", id).map((rs, ctx) -> report(rs)).findOne());
  }

  /** Deletes a report; returns false if there was none. */
  public boolean delete(long id) {
    return jdbi.withHandle(handle -> handle.createUpdate(DELETE).bind("id", id).execute() > 0);
  }

  private static EventReport report(ResultSet rs) throws SQLException {
    JsonNode content = EventJson.parse(rs.getString("report"));
    return new EventReport(
        rs.getLong("id"),
        rs.getLong("received_at"),
        rs.getString("room_id"),
        rs.getString("event_id"),
        rs.getString("user_id"),
        score(content.path("score")),
        reason(rs.getString("reason"), content),
        rs.getString("sender"),
        rs.getString("canonical_alias"),
        rs.getString("name"));
  }

  private static @Nullable Long score(JsonNode score) {
    return score.isIntegralNumber() ? score.longValue() : null;
  }

  private static @Nullable String reason(@Nullable String column, JsonNode content) {
    return column == null ? content.path("reason").textValue() : column;
  }
}
