package dev.bailiff.homeserver.store.room;

import dev.bailiff.homeserver.store.list.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of the own store, page by page (admin-api 5.5).
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class RoomList {

  private final Jdbi jdbi;
  private final RoomSummaries summaries;

  public RoomList(Jdbi jdbi, RoomSummaries summaries) {
    this.jdbi = jdbi;
    this.summaries = summaries;
  }

  /** A page of the rooms that match a filter, and the number of all that match. */
  public Page<RoomSummary> list(RoomFilter filter) {
    summaries.refresh();
    return jdbi.withHandle(
        handle -> {
          long total = bind(handle.createQuery(RoomListSql.COUNT), filter).mapTo(Long.class).one();
          var rooms =
              bind(handle.createQuery(RoomListSql.page(filter)), filter)
                  // Without a filter, no condition uses the bound values.
                  .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map((rs, ctx) -> summary(rs))
                  .list();
          return new Page<>(rooms, total);
        });
  }

  private static Query bind(Query query, RoomFilter filter) {
    return query
        .bind("inDirectory", filter.inDirectory())
        .bind("empty", filter.empty())
        .bind("term", filter.term())
        .bind("part", part(filter.term()));
  }

  /** A pattern for "contains", with the wildcards of SQL escaped. */
  private static @Nullable String part(@Nullable String term) {
    return term == null
        ? null
        : "%" + term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }

  private static RoomSummary summary(ResultSet rs) throws SQLException {
    return new RoomSummary(
        rs.getString("room_id"),
        rs.getString("name"),
        rs.getString("canonical_alias"),
        rs.getLong("joined_members"),
        rs.getLong("joined_local_members"),
        rs.getString("room_version"),
        rs.getString("creator"),
        rs.getString("encryption"),
        rs.getBoolean("federatable"),
        rs.getBoolean("public"),
        rs.getString("join_rules"),
        rs.getString("guest_access"),
        rs.getString("history_visibility"),
        rs.getLong("state_events"),
        rs.getString("room_type"));
  }
}
