package dev.bailiff.homeserver.store.statistic;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The rooms that take the most space (admin-api 5.40), estimated from the planner's statistics.
 * Nothing is counted, so the answer costs nothing and is as old as the last {@code analyze}.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class LargestRooms {

  /**
   * A room and the size of its rows.
   *
   * @param size in bytes, estimated
   */
  public record RoomSize(String roomId, long size) {}

  /**
   * The planner's statistics hold the share of each frequent room in a table; the share times the
   * size of the table is the size of the room there.
   */
  private static final String LARGEST =
      """
      select common.room_id,
             sum(common.share * pg_total_relation_size(
               format('%I.%I', s.schemaname, s.tablename)::regclass))::bigint as size
      from pg_stats s
      cross join lateral unnest(s.most_common_vals::text::text[], s.most_common_freqs)
        as common (room_id, share)
      where s.schemaname = 'homeserver' and s.attname = 'room_id'
        and s.tablename in ('event', 'current_state', 'membership', 'receipt')
        and common.room_id in (select r.room_id from homeserver.room r where r.room_id = common.room_id)
      group by common.room_id
      order by size desc, common.room_id
      limit 10
      """;

  private final Jdbi jdbi;

  public LargestRooms(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** At most ten rooms, the largest first; empty before the first {@code analyze}. */
  public List<RoomSize> find() {
    return jdbi.withHandle(
        handle -> handle.createQuery(LARGEST).map(ConstructorMapper.of(RoomSize.class)).list());
  }
}
