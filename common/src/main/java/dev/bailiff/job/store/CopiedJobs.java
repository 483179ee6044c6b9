package dev.bailiff.job.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Pauses the open jobs of a database that was copied or restored, and lets them go on when an
 * operator says so (decision 0056). The twin of such a database may be at work on the same
 * homeserver, or may have done the work already.
 *
 * <p><b>Why no work starts in a paused job:</b> a lease needs an active job, and the republisher
 * reads scheduled and active jobs only. Commands that are in flight therefore lead to nothing. The
 * leases that the database had when it was copied are freed with a higher epoch, so a former owner
 * that still runs finds its lease lost (rule 2). Their jobs are not settled, as only active jobs
 * are. All of this is one transaction with the change of the jobs' status.
 */
public final class CopiedJobs {
  /** Jobs that were asked to stop do not start anything any more: they end by themselves. */
  private static final String PAUSE =
      """
      with paused as (
        update jobs.job j set status = 'paused', paused_for = 'copy', changed_at = clock_timestamp()
          from jobs.job before
         where before.job_id = j.job_id and j.status in ('scheduled', 'active')
           and j.cancel_requested_at is null
        returning j.job_id, before.status as from_status),
      told as (insert into access.audit (what, job, result) select 'job', job_id, 'paused' from paused)
      insert into jobs.transition (job_id, from_status, to_status)
      select job_id, from_status, 'paused' from paused
      """;

  /** The attempt does not count, since the copy says nothing about the work. */
  private static final String FREE =
      """
      update jobs.segment
         set status = 'ready', epoch = epoch + 1, lease_owner = null, lease_expires_at = null, express = false,
             attempts = greatest(0, attempts - 1), ready_at = clock_timestamp(), publish_at = clock_timestamp(),
             publications = 0, last_error = 'the folder or database was copied or restored'
       where status = 'leased'
      """;

  /** A paused job has no segment in the window, but for the first one of a job for a later time. */
  private static final String EMPTY_WINDOWS =
      """
      with held as (
        update jobs.segment s set publish_at = null, epoch = s.epoch + 1
          from jobs.job j
         where j.status = 'paused' and j.paused_for = 'copy' and s.job_id = j.job_id
           and s.status = 'ready' and s.publish_at is not null and s.publish_at is distinct from j.run_at)
      delete from jobs.queue q using jobs.job j
       where j.status = 'paused' and j.paused_for = 'copy' and q.job_id = j.job_id
      """;

  /** The leader fills the windows; a job for a later time still waits for its time. */
  private static final String RESUME =
      """
      with resumed as (
        update jobs.job
           set status = case when started_at is null then 'scheduled' else 'active' end, paused_for = null,
               changed_at = clock_timestamp()
         where status = 'paused' and paused_for = 'copy' and cancel_requested_at is null
        returning *),
      queued as (
        insert into jobs.queue (job_id, kind, requester, accepted_at, rank, most)
        select j.job_id, j.kind, j.requester, j.accepted_at, %s
          from resumed j
         where exists (select from jobs.segment s
                        where s.job_id = j.job_id and s.status = 'ready' and s.publish_at is null)
        on conflict do nothing),
      told as (insert into access.audit (what, job, result) select 'job', job_id, status from resumed)
      insert into jobs.transition (job_id, from_status, to_status)
      select job_id, 'paused', status from resumed
      """
          .formatted(SegmentWindow.RANK_AND_MOST);

  private static final String COUNT =
      "select count(*) from jobs.job where status = 'paused' and paused_for = 'copy'";

  private final Jdbi jdbi;

  public CopiedJobs(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Pauses all open jobs. Joins the transaction of the calling thread, so that a crash repeats both
   * or neither.
   *
   * @return how many jobs were paused
   */
  public int pause() {
    return jdbi.inTransaction(
        handle -> {
          int paused = execute(handle, PAUSE); // jobs before segments, as everywhere
          execute(handle, FREE);
          execute(handle, EMPTY_WINDOWS);
          return paused;
        });
  }

  /**
   * Lets the paused jobs go on.
   *
   * @return how many jobs these were
   */
  public int resume() {
    return jdbi.inTransaction(handle -> execute(handle, RESUME));
  }

  /** How many jobs are paused for this reason. */
  public int count() {
    return jdbi.withHandle(handle -> handle.createQuery(COUNT).mapTo(Integer.class).one());
  }

  private static int execute(Handle handle, String statement) {
    return handle.createUpdate(statement).execute();
  }
}
