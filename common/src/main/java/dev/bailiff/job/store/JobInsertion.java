package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Inserts the rows of a new job: the job itself, its first stage, and that stage's segment. */
final class JobInsertion {
  /** The transaction of an upload may have begun minutes ago, so its time is not the job's. */
  private static final String JOB =
      """
      insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, reason, target_count, pace, run_at,
                            reference, priority, max_rate, stop_after_failures, dry_run, filter, retry_of, plan_job_id,
                            most_targets, accepted_at, changed_at)
      values (:jobId, :kind, 'scheduled', :parameters::jsonb, :requester, :actingUser, :reason, :targetCount, :pace, :runAt,
              :reference, :priority, :maxRate, :stopAfterFailures, :dryRun, :filter::jsonb, :retryOf, :planJob,
              :mostTargets, clock_timestamp(), clock_timestamp())
      """;

  private static final String TARGET_COUNT =
      "update jobs.job set target_count = :targetCount where job_id = :jobId";

  private static final String STAGE =
      """
      insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total, opened_at, progress_at)
      values (:jobId, :stage, :name, 1, 1, :total, clock_timestamp(), clock_timestamp())
      """;

  private static final String SEGMENT =
      """
      insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, range, total)
      values (:jobId, :stage, 0, 'ready', true, :publications,
              case when :queued then null
                   else coalesce(:runAt, clock_timestamp() + :republishMillis * interval '1 millisecond') end, :range, :total)
      """;

  private final Handle handle;
  private final JobId id;
  private final JobRequest request;
  private final @Nullable OffsetDateTime runAt;

  JobInsertion(Handle handle, JobId id, JobRequest request) {
    this.handle = handle;
    this.id = id;
    this.request = request;
    this.runAt = StoredTime.of(request.terms().runAt());
  }

  /**
   * Inserts the job.
   *
   * @param parameters as JSON
   * @param targetCount number of targets, as far as it is known
   */
  void job(String parameters, int targetCount) {
    var terms = request.terms();
    var origin = request.origin();
    handle
        .createUpdate(JOB)
        .bind("jobId", id.value())
        .bind("kind", request.kind().name())
        .bind("parameters", parameters)
        .bind("requester", request.requester())
        .bind("actingUser", request.actingUser())
        .bind("reason", terms.reason())
        .bind("targetCount", targetCount)
        .bind("pace", StoredPace.word(terms.pace()))
        .bind("reference", terms.reference())
        .bind("priority", terms.priority())
        .bind("maxRate", terms.maxRate())
        .bind("stopAfterFailures", terms.stopAfterFailures())
        .bind("dryRun", terms.dryRun())
        .bind("filter", origin.filter() == null ? null : origin.filter().toString())
        .bind("mostTargets", origin.mostTargets())
        .bindByType("retryOf", value(origin.retryOf()), UUID.class)
        .bindByType("planJob", value(origin.planJob()), UUID.class)
        .bindByType("runAt", runAt, OffsetDateTime.class)
        .execute();
  }

  private static @Nullable UUID value(@Nullable JobId id) {
    return id == null ? null : id.value();
  }

  /** Corrects a count that was unknown when the row of the job was stored. */
  void setTargetCount(int targetCount) {
    handle
        .createUpdate(TARGET_COUNT)
        .bind("jobId", id.value())
        .bind("targetCount", targetCount)
        .execute();
  }

  /** Inserts the first stage, with one segment. */
  void firstStage(String name, long total) {
    handle
        .createUpdate(STAGE)
        .bind("jobId", id.value())
        .bind("stage", 0)
        .bind("name", name)
        .bind("total", total)
        .execute();
  }

  /**
   * Inserts the segment of the first stage, ready. It plans the stage or works the given range. The
   * caller publishes the command of a job that runs now, so that it is published again only when
   * nobody took it.
   *
   * @param isNow whether it is worked now, whatever time the job is to begin at
   * @param queued whether the segment waits outside the window of its kind
   */
  void firstSegment(
      Duration republishAfter, boolean isNow, boolean queued, @Nullable String range, long total) {
    var startsAt = isNow ? null : runAt;
    handle
        .createUpdate(SEGMENT)
        .bind("jobId", id.value())
        .bind("stage", 0)
        .bind("publications", startsAt == null && !queued ? 1 : 0)
        .bind("queued", queued)
        .bindByType("runAt", startsAt, OffsetDateTime.class)
        .bind("republishMillis", republishAfter.toMillis())
        .bind("range", range)
        .bind("total", total)
        .execute();
  }
}
