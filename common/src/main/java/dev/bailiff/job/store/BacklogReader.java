package dev.bailiff.job.store;

import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads how much work waits for workers. Thread-safe; the call is one statement. */
public final class BacklogReader {
  private static final String READ =
      """
      select j.kind, sum(o.open_segments)::bigint as open_segments,
             coalesce(extract(epoch from clock_timestamp() - min(o.ready_at)), 0) as oldest
        from jobs.job j
       cross join lateral (
         select count(*) as open_segments, min(s.ready_at) filter (where s.status = 'ready') as ready_at
           from jobs.segment s
          where s.job_id = j.job_id and s.status in ('ready', 'leased') and s.publish_at is not null) o
       where j.status in ('scheduled', 'active')
         and (j.run_at is null or j.run_at <= clock_timestamp())
       group by j.kind order by j.kind
      """;

  private final Jdbi jdbi;

  BacklogReader(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * The open work of a kind, by which an operator scales the workers.
   *
   * @param openSegments ready and leased segments inside the window of their job
   * @param oldestReadySeconds age of the oldest ready segment
   */
  public record Backlog(String kind, long openSegments, double oldestReadySeconds) {}

  /**
   * The backlog of every kind that has one. The query reads only open segments, at most a window
   * per job.
   */
  public List<Backlog> read() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(READ)
                .map(
                    (rs, ctx) ->
                        new Backlog(
                            rs.getString("kind"),
                            rs.getLong("open_segments"),
                            rs.getDouble("oldest")))
                .list());
  }
}
