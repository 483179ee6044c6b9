package dev.bailiff.job.store;

import dev.bailiff.job.PublishableCommand;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The windows of stages: only so many segments of a stage are in flight at a time. Segments outside
 * the window wait until they are let in.
 */
final class SegmentWindow {
  private static final String FILL =
      """
      with next as materialized (
        select n.job_id, n.stage_n, n.segment_n
          from unnest(:jobs::uuid[], :stages::int[]) as g (job_id, stage_n)
         cross join lateral (
               select s.job_id, s.stage_n, s.segment_n
                 from jobs.segment s
                where s.job_id = g.job_id and s.stage_n = g.stage_n and s.status = 'ready' and s.publish_at is null
                order by s.segment_n
                limit greatest(0, :window - (select count(*) from jobs.segment f
                                              where f.job_id = g.job_id and f.stage_n = g.stage_n
                                                and f.status in ('ready', 'leased') and f.publish_at is not null))
                  for update skip locked) n)
      update jobs.segment s
         set publish_at = clock_timestamp() + :republishMillis * interval '1 millisecond', publications = 1,
             ready_at = clock_timestamp()
        from next n, jobs.job j
       where s.job_id = n.job_id and s.stage_n = n.stage_n and s.segment_n = n.segment_n and j.job_id = n.job_id
      returning s.job_id, j.kind, s.stage_n, s.segment_n, s.epoch, s.express
      """;

  private final Handle handle;
  private final LeaseConfig config;

  SegmentWindow(Handle handle, LeaseConfig config) {
    this.handle = handle;
    this.config = config;
  }

  /**
   * Lets the next segments of some stages into their windows. Two segments that finish at the same
   * time each see the other still in flight, so each lets in only its own replacement. The window
   * thus keeps its size; after a change of the size, there may be too many segments in it for a
   * while.
   *
   * @param size how many segments of a stage may be in flight
   * @return the commands of the segments that were let in
   */
  List<PublishableCommand> fill(List<StageKey> stages, int size) {
    return handle
        .createQuery(FILL)
        .bind("jobs", Column.of(stages, StageKey::job, UUID[]::new))
        .bind("stages", Column.of(stages, StageKey::stage, Integer[]::new))
        .bind("window", size)
        .bind("republishMillis", config.republishAfter().toMillis())
        .map((row, context) -> CommandRow.read(row))
        .list();
  }
}
