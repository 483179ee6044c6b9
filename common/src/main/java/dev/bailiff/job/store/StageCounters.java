package dev.bailiff.job.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The counters of {@code jobs.stage}: sums of the ended segments. All segments of a stage share the
 * row, so it is written last in a transaction: its lock is held only for the commit.
 */
final class StageCounters {
  private static final String GROW =
      """
      update jobs.stage
         set segments = segments + :segments, open_segments = open_segments + :segments, total = total + :items
       where job_id = :jobId and stage_n = :stage
      returning segments - :segments
      """;

  private static final String END =
      """
      update jobs.stage
         set open_segments = open_segments - :segments, total = total + :planned, done = done + :done,
             failed = failed + :failed, skipped = skipped + :skipped
       where job_id = :jobId and stage_n = :stage
      returning open_segments
      """;

  private static final String END_ALL =
      """
      with ended as materialized (
        select e.*
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :planned::bigint[], :done::bigint[],
                      :failed::bigint[], :skipped::bigint[])
                 as e (job_id, stage_n, segments, planned, done, failed, skipped)
         cross join lateral (
               select from jobs.stage g
                where g.job_id = e.job_id and g.stage_n = e.stage_n
                  for no key update) g)
      update jobs.stage s
         set open_segments = s.open_segments - e.segments, total = s.total + e.planned, done = s.done + e.done,
             failed = s.failed + e.failed, skipped = s.skipped + e.skipped
        from ended e
       where s.job_id = e.job_id and s.stage_n = e.stage_n
      returning s.job_id, s.stage_n, s.open_segments
      """;

  private static final String TAKE_PROGRESS_TURN =
      """
      update jobs.stage set progress_at = clock_timestamp(), paced = coalesce(:paced, paced)
       where job_id = :jobId and stage_n = :stage
         and (progress_at < clock_timestamp() - interval '500 milliseconds' or progress_at > clock_timestamp())
      """;

  private final Handle handle;

  StageCounters(Handle handle) {
    this.handle = handle;
  }

  /**
   * Adds the segments and items that a planning batch stored. Returns the number of the first new
   * segment.
   */
  int grow(StageKey stage, int segments, long items) {
    return handle
        .createQuery(GROW)
        .bind("jobId", stage.job())
        .bind("stage", stage.stage())
        .bind("segments", segments)
        .bind("items", items)
        .map((row, context) -> row.getInt(1))
        .one();
  }

  /** Takes over the counters of ended segments. Returns how many segments are still open. */
  int end(StageKey stage, SegmentSums sums) {
    return handle
        .createQuery(END)
        .bind("jobId", stage.job())
        .bind("stage", stage.stage())
        .bind("segments", sums.segments())
        .bind("planned", sums.planned())
        .bind("done", sums.done())
        .bind("failed", sums.failed())
        .bind("skipped", sums.skipped())
        .map((row, context) -> row.getInt(1))
        .one();
  }

  /**
   * Takes over the counters of ended segments of several stages. The stages are locked in the order
   * of the list. Returns the stages that have no open segment any more.
   */
  Set<StageKey> endAll(List<Map.Entry<StageKey, SegmentSums>> stages) {
    return handle
        .createQuery(END_ALL)
        .bind("jobs", Column.of(stages, stage -> stage.getKey().job(), UUID[]::new))
        .bind("stages", Column.of(stages, stage -> stage.getKey().stage(), Integer[]::new))
        .bind("segments", Column.of(stages, stage -> stage.getValue().segments(), Integer[]::new))
        .bind("planned", Column.of(stages, stage -> stage.getValue().planned(), Long[]::new))
        .bind("done", Column.of(stages, stage -> stage.getValue().done(), Long[]::new))
        .bind("failed", Column.of(stages, stage -> stage.getValue().failed(), Long[]::new))
        .bind("skipped", Column.of(stages, stage -> stage.getValue().skipped(), Long[]::new))
        .map(
            (row, context) ->
                new Open(
                    new StageKey(row.getObject("job_id", UUID.class), row.getInt("stage_n")),
                    row.getInt("open_segments")))
        .stream()
        .filter(stage -> stage.segments() == 0)
        .map(Open::stage)
        .collect(Collectors.toSet());
  }

  /** How many segments of a stage are open. */
  private record Open(StageKey stage, int segments) {}

  /**
   * Moves the mark of the last progress report on by at least half a second; the caller that moved
   * it reports the progress, all others report nothing. A mark ahead of the clock was set before
   * the clock was put back.
   *
   * @param paced the speed on a remote homeserver; null if it is not known
   */
  boolean takeProgressTurn(StageKey stage, @Nullable String paced) {
    return handle
            .createUpdate(TAKE_PROGRESS_TURN)
            .bind("jobId", stage.job())
            .bind("stage", stage.stage())
            .bind("paced", paced)
            .execute()
        == 1;
  }
}
