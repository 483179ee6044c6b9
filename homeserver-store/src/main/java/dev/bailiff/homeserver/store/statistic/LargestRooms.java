package dev.bailiff.homeserver.store.statistic;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/**
 * The rooms that take the most space (admin-api 5.40), as far as the planner's statistics know:
 * nothing is counted, so the answer costs nothing and is as old as the last analysis.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class LargestRooms {

  /**
   * A room and what its rows take.
   *
   * @param size in bytes, estimated
   */
  public record RoomSize(String roomId, long size) {}

  /** What is frequent in a column is a share of its table's size. */
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

  /** At most ten rooms, the largest first; none before the first analysis. */
  public List<RoomSize> find() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(LARGEST)
                .map((rs, ctx) -> new RoomSize(rs.getString("room_id"), rs.getLong("size")))
                .list());
  }
}
