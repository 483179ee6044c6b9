package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobRequest;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Inserts the rows of a new job: the job itself, its first stage, and that stage's segment. */
final class JobInsertion {
  private static final String JOB =
      """
      insert into jobs.job (job_id, kind, status, parameters, requester, acting_user, reason, target_count, pace, run_at)
      values (:jobId, :kind, 'scheduled', :parameters::jsonb, :requester, :actingUser, :reason, :targetCount, :pace, :runAt)
      """;

  private static final String TARGET_COUNT =
      "update jobs.job set target_count = :targetCount where job_id = :jobId";

  private static final String STAGE =
      """
      insert into jobs.stage (job_id, stage_n, name, segments, open_segments, total)
      values (:jobId, :stage, :name, 1, 1, :total)
      """;

  private static final String SEGMENT =
      """
      insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, range, total)
      values (:jobId, :stage, 0, 'ready', true, :publications,
              coalesce(:runAt, clock_timestamp() + :republishMillis * interval '1 millisecond'), :range, :total)
      """;

  private final Handle handle;
  private final JobId id;
  private final JobRequest request;
  private final @Nullable OffsetDateTime runAt;

  JobInsertion(Handle handle, JobId id, JobRequest request) {
    this.handle = handle;
    this.id = id;
    this.request = request;
    this.runAt = StoredTime.of(request.runAt());
  }

  /**
   * Inserts the job.
   *
   * @param parameters as JSON
   * @param targetCount number of targets, as far as it is known
   */
  void job(String parameters, int targetCount) {
    handle
        .createUpdate(JOB)
        .bind("jobId", id.value())
        .bind("kind", request.kind().name())
        .bind("parameters", parameters)
        .bind("requester", request.requester())
        .bind("actingUser", request.actingUser())
        .bind("reason", request.reason())
        .bind("targetCount", targetCount)
        .bind("pace", StoredPace.word(request.pace()))
        .bindByType("runAt", runAt, OffsetDateTime.class)
        .execute();
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
   */
  void firstSegment(Duration republishAfter, @Nullable String range, long total) {
    handle
        .createUpdate(SEGMENT)
        .bind("jobId", id.value())
        .bind("stage", 0)
        .bind("publications", runAt == null ? 1 : 0)
        .bindByType("runAt", runAt, OffsetDateTime.class)
        .bind("republishMillis", republishAfter.toMillis())
        .bind("range", range)
        .bind("total", total)
        .execute();
  }
}
