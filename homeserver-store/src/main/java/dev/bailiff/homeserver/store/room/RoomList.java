package dev.bailiff.homeserver.store.room;

import dev.bailiff.homeserver.store.list.Page;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

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
    RoomListSql sql = RoomListSql.of(filter);
    return jdbi.withHandle(
        handle -> {
          long total = sql.bind(handle.createQuery(sql.count())).mapTo(Long.class).one();
          List<RoomSummary> rooms =
              sql.bind(handle.createQuery(sql.page()))
                  .bind("limit", filter.limit())
                  .bind("from", filter.from())
                  .map(ConstructorMapper.of(RoomSummary.class))
                  .list();
          return new Page<>(rooms, total);
        });
  }
}
