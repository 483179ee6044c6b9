package dev.bailiff.job.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * {@code jobs.segment}. Every write of an owner is a compare-and-set on the epoch; the number of
 * rows shows whether the owner still has the lease. Times are the database's, so that clocks of
 * workers do not matter; intervals are in milliseconds.
 */
@RegisterConstructorMapper(SegmentDao.LeasedRow.class)
@RegisterConstructorMapper(SegmentDao.CommandRow.class)
@RegisterConstructorMapper(SegmentDao.FinishedRow.class)
interface SegmentDao {

  /**
   * The segments that {@link #republish} moves on; {@link DutyTerms} asks whether there are any.
   */
  String FROM_DUE =
      """
      from jobs.segment s join jobs.job j on j.job_id = s.job_id
      where s.status = 'ready' and s.publish_at <= clock_timestamp()
        and j.status in ('scheduled', 'active') and j.cancel_requested_at is null
      """;

  /** The segments that {@link #rescue} frees. */
  String FROM_EXPIRED =
      """
      from jobs.segment l
      where l.status = 'leased'
        and (l.lease_expires_at < clock_timestamp()
             or l.lease_expires_at > clock_timestamp() + :leaseMillis * interval '1 millisecond')
      """;

  record LeasedRow(
      String stage,
      int epoch,
      int attempts,
      @Nullable String range,
      @Nullable String checkpoint,
      long total,
      String kind,
      String parameters,
      String requester,
      String actingUser,
      @Nullable String reason,
      int targetCount,
      java.time.Instant acceptedAt) {}

  record FinishedRow(
      UUID jobId, int stageN, int segmentN, @Nested dev.bailiff.job.Progress counters) {}

  record CommandRow(
      UUID jobId, String kind, int stageN, int segmentN, int epoch, boolean express) {}

  /**
   * Takes the lease if the segment is ready at the command's epoch, or is leased by an owner that
   * lost the command's lock to the caller: the d-th delivery may take over only a lease that an
   * earlier delivery of the same command took. A lease of the previous release stores no command;
   * of these leases the d-th delivery may take over epochs e + 1 … e + d − 1. A stage that the
   * caller does not know is left to workers that know it. The job of a lease that is taken over may
   * have been asked to stop; its first batch then ends it.
   */
  @SqlQuery(
      """
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_stage = :stage, through_segment = :segment, through_epoch = :epoch,
             through_delivery = :delivery, through_lease = s.epoch + 1
        from jobs.job j, jobs.stage g
       where s.job_id = :jobId and s.stage_n = :stage and s.segment_n = :segment
         and j.job_id = s.job_id and j.status = 'active'
         and g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
         and (s.status = 'ready' and s.epoch = :epoch and j.cancel_requested_at is null
              or s.status = 'leased'
                 and case when s.through_lease = s.epoch
                          then s.through_stage = :stage and s.through_segment = :segment
                               and s.through_epoch = :epoch and s.through_delivery < :delivery
                          else s.epoch > :epoch and s.epoch < :epoch + :delivery end)
      returning g.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total, j.kind, j.parameters::text as parameters,
                j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at
      """)
  Optional<LeasedRow> lease(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("delivery") int delivery,
      @Bind("owner") String owner,
      @Bind("known") String[] known,
      @Bind("leaseMillis") long leaseMillis);

  /**
   * Rule 2. Locks the segment for its owner. True if the job goes on, false if it is to stop, empty
   * if the lease is not the caller's.
   */
  @SqlQuery(
      """
      select j.status = 'active' and j.cancel_requested_at is null
        from jobs.segment s join jobs.job j on j.job_id = s.job_id
       where s.job_id = :jobId and s.stage_n = :stage and s.segment_n = :segment
         and s.status = 'leased' and s.epoch = :epoch
         for no key update of s
      """)
  Optional<Boolean> fence(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch);

  /**
   * Rule 3. Stores checkpoint and counters and renews the lease; a committed batch resets the
   * attempts.
   */
  @SqlUpdate(
      """
      update jobs.segment
         set checkpoint = :checkpoint, range = coalesce(:adoptedRange, range), total = total + :total,
             done = done + :done, failed = failed + :failed, skipped = skipped + :skipped, attempts = 0, homeserver_waits = 0,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond'
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """)
  int checkpoint(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("checkpoint") @Nullable String checkpoint,
      @Bind("adoptedRange") @Nullable String adoptedRange,
      @Bind("total") long total,
      @Bind("done") long done,
      @Bind("failed") long failed,
      @Bind("skipped") long skipped,
      @Bind("leaseMillis") long leaseMillis);

  /** {@link #finish} for one segment; also returns how many segments the stage has. */
  String FINISH_ONE =
      """
      update jobs.segment
         set status = 'done', finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             checkpoint = :checkpoint, range = coalesce(:adoptedRange, range),
             total = greatest(total + :total, done + :done + failed + :failed + skipped + :skipped),
             done = done + :done, failed = failed + :failed,
             skipped = greatest(skipped + :skipped, total + :total - (done + :done + failed + :failed)),
             attempts = 0
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      returning total, done, failed, skipped,
                (select g.segments from jobs.stage g where g.job_id = :jobId and g.stage_n = :stage) as segments
      """;

  /**
   * A row that {@link #FINISH_ONE} returns.
   *
   * @param segments number of segments of the stage
   */
  record FinishedOne(dev.bailiff.job.Progress counters, int segments) {
    static FinishedOne of(ResultSet row) throws SQLException {
      return new FinishedOne(
          new dev.bailiff.job.Progress(
              row.getLong("total"),
              row.getLong("done"),
              row.getLong("failed"),
              row.getLong("skipped")),
          row.getInt("segments"));
    }
  }

  /**
   * {@link #checkpoint} and {@link #end} at once, for the last batches of segments that are done.
   * An item of a segment that no batch counted is skipped: it was passed over, for instance because
   * it is a target that an earlier stage gave up.
   *
   * @return the segments whose leases are not lost
   */
  @SqlQuery(
      """
      update jobs.segment s
         set status = 'done', finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             checkpoint = b.checkpoint, range = coalesce(b.adopted_range, s.range),
             total = greatest(s.total + b.total, s.done + b.done + s.failed + b.failed + s.skipped + b.skipped),
             done = s.done + b.done, failed = s.failed + b.failed,
             skipped = greatest(s.skipped + b.skipped, s.total + b.total - (s.done + b.done + s.failed + b.failed)),
             attempts = 0
        from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[], :checkpoints::text[],
                    :adoptedRanges::text[], :totals::bigint[], :done::bigint[], :failed::bigint[], :skipped::bigint[])
               as b (job_id, stage_n, segment_n, epoch, checkpoint, adopted_range, total, done, failed, skipped)
       where s.job_id = b.job_id and s.stage_n = b.stage_n and s.segment_n = b.segment_n
         and s.status = 'leased' and s.epoch = b.epoch
      returning s.job_id, s.stage_n, s.segment_n, s.total, s.done, s.failed, s.skipped
      """)
  List<FinishedRow> finish(
      @Bind("jobs") UUID[] jobs,
      @Bind("stages") Integer[] stages,
      @Bind("segments") Integer[] segments,
      @Bind("epochs") Integer[] epochs,
      @Bind("checkpoints") String[] checkpoints,
      @Bind("adoptedRanges") String[] adoptedRanges,
      @Bind("totals") Long[] totals,
      @Bind("done") Long[] done,
      @Bind("failed") Long[] failed,
      @Bind("skipped") Long[] skipped);

  /**
   * Ends the segment of a lease and returns its counters, which its stage takes over. If the
   * segment is given up, the items that no batch counted have failed.
   */
  @SqlQuery(
      """
      update jobs.segment
         set status = :status, finalized_at = clock_timestamp(), lease_owner = null, lease_expires_at = null,
             failed = case when :status = 'failed' then greatest(failed, total - done - skipped) else failed end,
             last_error = coalesce(left(:error, 2000), last_error)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      returning total, done, failed, skipped
      """)
  @RegisterConstructorMapper(dev.bailiff.job.Progress.class)
  Optional<dev.bailiff.job.Progress> end(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("status") String status,
      @Bind("error") @Nullable String error);

  /**
   * Gives the lease back: the segment is ready again, due after the delay.
   *
   * @param keepAttempts whether this attempt counts
   */
  @SqlUpdate(
      """
      update jobs.segment
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publish_at = clock_timestamp() + :delayMillis * interval '1 millisecond',
             publications = :publications, attempts = case when :keepAttempts then attempts else greatest(0, attempts - 1) end,
             last_error = coalesce(left(:error, 2000), last_error)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """)
  int giveBack(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("delayMillis") long delayMillis,
      @Bind("publications") int publications,
      @Bind("keepAttempts") boolean keepAttempts,
      @Bind("error") @Nullable String error);

  /**
   * Gives the lease back while the homeserver is away: the attempt does not count, and each wait in
   * a row is twice as long.
   *
   * @param atLeastMillis the wait that the homeserver asked for
   * @param jitter factor of the wait
   */
  @SqlUpdate(
      """
      update jobs.segment
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publications = 0, attempts = greatest(0, attempts - 1),
             publish_at = clock_timestamp()
               + least(:atMostMillis, greatest(:atLeastMillis, :jitter * :firstMillis * 2 ^ least(homeserver_waits, 20)))
                 * interval '1 millisecond',
             homeserver_waits = homeserver_waits + 1, last_error = left(:error, 2000)
       where job_id = :jobId and stage_n = :stage and segment_n = :segment and status = 'leased' and epoch = :epoch
      """)
  int waitForHomeserver(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("segment") int segment,
      @Bind("epoch") int epoch,
      @Bind("firstMillis") long firstMillis,
      @Bind("atLeastMillis") long atLeastMillis,
      @Bind("atMostMillis") long atMostMillis,
      @Bind("jitter") double jitter,
      @Bind("error") String error);

  /**
   * Stores segments behind those that the stage has; they stay outside the window until released.
   */
  @SqlUpdate(
      """
      insert into jobs.segment (job_id, stage_n, segment_n, status, range, total)
      select :jobId, :stage, :first + p.n - 1, 'ready', p.range, p.items
        from unnest(:ranges, :items) with ordinality as p (range, items, n)
      """)
  int insert(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("first") int first,
      @Bind("ranges") String[] ranges,
      @Bind("items") Long[] items);

  /**
   * Stores the first segment of a stage, ready. It plans the stage or, in stage 0, works the given
   * range.
   *
   * @param runAt when to publish its command; null if the caller publishes it, so that it is
   *     published again only when nobody took it
   */
  @SqlUpdate(
      """
      insert into jobs.segment (job_id, stage_n, segment_n, status, express, publications, publish_at, range, total)
      values (:jobId, :stage, 0, 'ready', true, :publications,
              coalesce(:runAt, clock_timestamp() + :republishMillis * interval '1 millisecond'), :range, :total)
      """)
  void insertFirst(
      @Bind("jobId") UUID jobId,
      @Bind("stage") int stage,
      @Bind("publications") int publications,
      @Bind("runAt") java.time.@Nullable OffsetDateTime runAt,
      @Bind("republishMillis") long republishMillis,
      @Bind("range") @Nullable String range,
      @Bind("total") long total);

  /**
   * Lets the next segments of some stages into their windows. Two segments that finish at the same
   * time each see the other still in flight, so each lets in only its own replacement. The window
   * thus keeps its size; after a change of the size, there may be too many segments in it for a
   * while.
   */
  @SqlQuery(
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
      """)
  List<CommandRow> release(
      @Bind("jobs") UUID[] jobs,
      @Bind("stages") Integer[] stages,
      @Bind("window") int window,
      @Bind("republishMillis") long republishMillis);

  /**
   * Rule 4. Moves due segments on and returns their commands. Any number of callers share the work.
   * A command that the express slots did not take the second time goes to the topic of its kind:
   * there may be no worker with express slots.
   */
  @SqlQuery(
      """
      with due as (
        select s.job_id, s.stage_n, s.segment_n, j.kind
        """
          + FROM_DUE
          + """
         order by s.publish_at
         limit :limit
           for update of s skip locked)
      update jobs.segment s
         set publish_at = clock_timestamp()
               + least(:republishMillis * 2 ^ least(s.publications, 20), :atMostMillis) * interval '1 millisecond',
             publications = s.publications + 1, express = s.express and s.publications < 2
        from due d
       where s.job_id = d.job_id and s.stage_n = d.stage_n and s.segment_n = d.segment_n
      returning s.job_id, d.kind, s.stage_n, s.segment_n, s.epoch, s.express
      """)
  List<CommandRow> republish(
      @Bind("limit") int limit,
      @Bind("republishMillis") long republishMillis,
      @Bind("atMostMillis") long atMostMillis);

  /**
   * Frees segments whose lease ran out, or ends later than any lease taken now: in that case the
   * clock has been put back since. The epoch stays: the status refuses the old owner, and the next
   * lease moves the epoch on.
   */
  @SqlUpdate(
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publish_at = clock_timestamp(), publications = 0,
             last_error = 'the lease of ' || s.lease_owner || ' ran out'
       where (s.job_id, s.stage_n, s.segment_n) in (
               select l.job_id, l.stage_n, l.segment_n
               """
          + FROM_EXPIRED
          + """
                order by l.job_id, l.stage_n, l.segment_n
                limit :limit
                  for update skip locked)
      """)
  int rescue(@Bind("limit") int limit, @Bind("leaseMillis") long leaseMillis);

  /**
   * Makes segments due that wait longer than any wait can be: the clock has been put back since. A
   * job that was accepted for a later time waits for that time, however far away it is.
   */
  @SqlUpdate(
      """
      update jobs.segment s
         set publish_at = clock_timestamp()
       where (s.job_id, s.stage_n, s.segment_n) in (
               select w.job_id, w.stage_n, w.segment_n
                 from jobs.segment w join jobs.job j on j.job_id = w.job_id
                where w.status = 'ready' and w.publish_at > clock_timestamp() + :atMostMillis * interval '1 millisecond'
                  and w.publish_at is distinct from j.run_at
                limit :limit
                  for update of w skip locked)
      """)
  int makeFarDue(@Bind("limit") int limit, @Bind("atMostMillis") long atMostMillis);

  /**
   * Ends the segments of a cancelled job that nobody works on, and returns the sum of their
   * counters.
   */
  @SqlQuery(
      """
      with cancelled as (
        update jobs.segment
           set status = 'cancelled', finalized_at = clock_timestamp()
         where job_id = :jobId and stage_n = :stage and status = 'ready'
        returning done, failed, skipped)
      select count(*) as segments, coalesce(sum(done), 0)::bigint as done, coalesce(sum(failed), 0)::bigint as failed,
             coalesce(sum(skipped), 0)::bigint as skipped
        from cancelled
      """)
  @RegisterConstructorMapper(CancelledRow.class)
  CancelledRow cancelReady(@Bind("jobId") UUID jobId, @Bind("stage") int stage);

  record CancelledRow(int segments, long done, long failed, long skipped) {}

  /** Makes all ready segments due now: Kafka was wiped and has lost the commands. */
  @SqlUpdate(
      """
      update jobs.segment
         set publish_at = clock_timestamp(), publications = 0
       where status = 'ready' and publish_at > clock_timestamp()
         and publications > 0
      """)
  int makeDue();
}
