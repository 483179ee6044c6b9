package dev.bailiff.job.store;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Takes over the leases that a dead owner held through a command, except the lease of the command's
 * own segment, which {@link SegmentLeases#lease} takes over. These are segments of stages that were
 * opened in the same run. The heir is the worker that gets the command delivered after its former
 * owner died, or lost the command's lock.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> each lease stores the command through
 * which it was taken, and how often that command had been delivered. The former owner did not
 * accept the command, so Kafka delivers it again, with a higher count; and only a higher count
 * takes over. Taking over is a lease like any other: the epoch grows, and it refuses a former owner
 * that was only asleep (rule 2). If the heir dies too, the next delivery finds the heir's lease by
 * the heir's count in the same way. {@code SegmentRescuer} is needed only where Kafka lost the
 * command.
 */
public final class OpenedStageLeases {
  /**
   * The partial index of leased segments finds the leases of a job: as many rows as slots work on
   * the job.
   */
  private static final String TAKE_OVER =
      """
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_delivery = :delivery, through_lease = s.epoch + 1
        from jobs.job j, jobs.stage g
       where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
         and s.through_stage = :stage and s.through_segment = :segment
         and s.through_epoch = :epoch and s.through_delivery < :delivery
         and j.job_id = s.job_id and j.status in ('active', 'paused')
         and g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
      returning s.job_id, s.stage_n, s.segment_n, g.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total,
                j.kind, j.parameters::text as parameters, j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at,
                j.pace, j.max_rate, j.second_try, g.done + g.failed + g.skipped as items_before
      """;

  private static final String IS_HELD_BEFORE =
      """
      select exists (
        select from jobs.segment s join jobs.job j on j.job_id = s.job_id and j.status in ('active', 'paused')
          join jobs.stage g on g.job_id = s.job_id and g.stage_n = s.stage_n and g.name = any(:known)
         where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
           and s.through_stage = :stage and s.through_segment = :segment
           and s.through_epoch = :epoch and s.through_delivery < :delivery)
      """;

  private static final String FREE =
      """
      update jobs.segment s
         set status = 'ready', lease_owner = null, lease_expires_at = null, express = false,
             ready_at = clock_timestamp(), publications = 1,
             publish_at = case when %s then null else clock_timestamp() end,
             last_error = 'the command of ' || s.lease_owner || ' was delivered again'
       where s.job_id = :jobId and s.status = 'leased' and s.through_lease = s.epoch
         and s.through_stage = :stage and s.through_segment = :segment
         and s.through_epoch = :epoch and s.through_delivery < :delivery
      """
          .formatted(SegmentWindow.IS_PAUSED);

  private static final String REPUBLISH_ONCE =
      """
      with sent as (
        select s.job_id, s.stage_n, s.segment_n, j.kind
          from jobs.job j join jobs.segment s on s.job_id = j.job_id and s.stage_n = j.stage_n
         where j.job_id = :jobId and j.status in ('scheduled', 'active') and j.cancel_requested_at is null
           and s.status = 'ready' and s.publish_at is not null and s.publications = 1
         limit :limit
           for update of s skip locked)
      update jobs.segment s
         set publish_at = clock_timestamp() + 2 * :republishMillis * interval '1 millisecond', publications = 2
        from sent d
       where s.job_id = d.job_id and s.stage_n = d.stage_n and s.segment_n = d.segment_n
      returning s.job_id, d.kind, s.stage_n, s.segment_n, s.epoch, s.express
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  OpenedStageLeases(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * Takes over a lease that an earlier delivery of the same command holds in the job. It is not the
   * lease of the command's own segment, but of a stage that the former owner opened in the same
   * run. The former owner's epoch ends, as with each lease (rule 2).
   *
   * @param heir the worker that has the command now
   * @param known names of the stages that the heir can work, in any order
   * @return empty if there is no such lease at this moment
   */
  public Optional<Segment> takeOver(Holder heir, Collection<String> known) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle ->
            bind(handle.createQuery(TAKE_OVER), heir.through())
                .bind("owner", heir.owner())
                .bind("known", known.toArray(String[]::new))
                .bind("leaseMillis", config.lease().toMillis())
                .map((row, context) -> LeasedSegment.read(row, LeasedSegment.key(row), heir))
                .findOne());
  }

  /**
   * Whether an earlier delivery of the command holds a segment of one of these stages, even if the
   * segment cannot be taken over at this moment.
   */
  public boolean isHeldBefore(Delivery through, Collection<String> known) {
    return jdbi.withHandle(
        handle ->
            bind(handle.createQuery(IS_HELD_BEFORE), through)
                .bind("known", known.toArray(String[]::new))
                .map((row, context) -> row.getBoolean(1))
                .one());
  }

  /**
   * Does the rest for the heir of a command if there is nothing to take over. A segment that an
   * earlier delivery still holds is of a stage that the heir does not know; it becomes ready. The
   * caller publishes the returned commands, which the former owner may not have sent before it
   * died.
   */
  public List<PublishableCommand> makeUpFor(Delivery through) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          bind(handle.createUpdate(FREE), through).execute();
          return republishOnce(handle, through.segment().job());
        });
  }

  /**
   * Moves the segments on that are in the window of the job and were published once, due or not:
   * the worker that let them in may have died before it sent the commands.
   */
  private List<PublishableCommand> republishOnce(Handle handle, JobId job) {
    return handle
        .createQuery(REPUBLISH_ONCE)
        .bind("jobId", job.value())
        .bind("limit", SegmentWindow.PLACES_OF_GROUPS * config.window())
        .bind("republishMillis", config.republishAfter().toMillis())
        .map((row, context) -> CommandRow.read(row))
        .list();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Delivery through) {
    var command = through.segment();
    return statement
        .bind("jobId", command.job().value())
        .bind("stage", command.stage())
        .bind("segment", command.segment())
        .bind("epoch", through.epoch())
        .bind("delivery", through.count());
  }
}
