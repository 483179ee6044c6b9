package dev.bailiff.job.store;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Lease;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.schemas.command.SegmentCommand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * {@link SegmentLeases} for several segments at once: taken with one statement, committed together,
 * given back together. Each segment keeps its own lease, epoch and checkpoint, so the rules for one
 * segment apply to each of them.
 */
public final class GroupLeases {
  private static final Comparator<Lease> KEY_ORDER =
      Comparator.comparing((Lease lease) -> lease.key().job().value())
          .thenComparing(lease -> lease.key().stage())
          .thenComparing(lease -> lease.key().segment());

  /** The segments that somebody else has locked are left out. */
  private static final String LEASE =
      """
      with taken as materialized (
        select j.job_id, s.stage_n, s.segment_n, c.epoch as through_epoch, c.delivery, g.name, j.kind, j.parameters::text as parameters,
               j.requester, j.acting_user, j.reason, j.target_count, j.accepted_at,
               j.pace, j.max_rate, j.second_try, g.done + g.failed + g.skipped as items_before
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[], :deliveries::int[])
                 as c (job_id, stage_n, segment_n, epoch, delivery)
          join jobs.job j on j.job_id = c.job_id and j.status in ('active', 'paused')
          join jobs.stage g on g.job_id = c.job_id and g.stage_n = c.stage_n and g.name = any(:known)
         cross join lateral (
               select s.stage_n, s.segment_n
                 from jobs.segment s
                where s.job_id = c.job_id and s.stage_n = c.stage_n and s.segment_n = c.segment_n
                  and (s.status = 'ready' and s.epoch = c.epoch and j.status = 'active' and j.cancel_requested_at is null
                       or s.status = 'leased'
                          and case when s.through_lease = s.epoch
                                   then s.through_stage = c.stage_n and s.through_segment = c.segment_n
                                        and s.through_epoch = c.epoch and s.through_delivery < c.delivery
                                   else s.epoch > c.epoch and s.epoch < c.epoch + c.delivery end)
                  for no key update skip locked) s)
      update jobs.segment s
         set status = 'leased', epoch = s.epoch + 1, attempts = s.attempts + 1, lease_owner = :owner,
             lease_expires_at = clock_timestamp() + :leaseMillis * interval '1 millisecond',
             through_stage = t.stage_n, through_segment = t.segment_n, through_epoch = t.through_epoch,
             through_delivery = t.delivery, through_lease = s.epoch + 1
        from taken t
       where s.job_id = t.job_id and s.stage_n = t.stage_n and s.segment_n = t.segment_n
      returning s.job_id, s.stage_n, s.segment_n, t.through_epoch, t.delivery, t.name as stage, s.epoch, s.attempts, s.range, s.checkpoint, s.total,
                t.kind, t.parameters, t.requester, t.acting_user, t.reason, t.target_count, t.accepted_at,
                t.pace, t.max_rate, t.second_try, t.items_before
      """;

  /** Each row is looked up by its key; the rows are locked in the order of the arrays. */
  private static final String FENCE =
      """
      with fenced as materialized (
        select j.status = 'active' and j.cancel_requested_at is null as goes_on
          from unnest(:jobs::uuid[], :stages::int[], :segments::int[], :epochs::int[])
                 as l (job_id, stage_n, segment_n, epoch)
          join jobs.job j on j.job_id = l.job_id
         cross join lateral (
               select from jobs.segment s
                where s.job_id = l.job_id and s.stage_n = l.stage_n and s.segment_n = l.segment_n
                  and s.status = 'leased' and s.epoch = l.epoch
                  for no key update) s)
      select count(*) from fenced where goes_on
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  GroupLeases(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /** The consequences of a group for one of its stages. */
  public record StageRecorded(JobId job, int stage, Recorded recorded) {}

  /** A command as Kafka delivered it, the {@code delivery}-th time, 1-based. */
  public record Delivered(SegmentCommand command, int delivery) {}

  /**
   * Takes the leases that several commands point to. Segments that somebody else has locked at this
   * moment are left out; the caller leases them one by one, which waits for the lock.
   *
   * @param known names of the stages that the owner can work, in any order
   * @return the leased segments, in no order
   */
  public List<Segment> lease(List<Delivered> commands, String owner, Collection<String> known) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var changes = new JobStatusChanges(handle);
          commands.stream()
              .map(Delivered::command)
              .filter(command -> command.stage() == 0 && command.segment() == 0)
              .map(SegmentCommand::jobId)
              .sorted()
              .forEach(changes::activate);
          return handle
              .createQuery(LEASE)
              .bind("jobs", Column.of(commands, c -> c.command().jobId(), UUID[]::new))
              .bind("stages", Column.of(commands, c -> c.command().stage(), Integer[]::new))
              .bind("segments", Column.of(commands, c -> c.command().segment(), Integer[]::new))
              .bind("epochs", Column.of(commands, c -> c.command().epoch(), Integer[]::new))
              .bind("deliveries", Column.of(commands, Delivered::delivery, Integer[]::new))
              .bind("owner", owner)
              .bind("known", known.toArray(String[]::new))
              .bind("leaseMillis", config.lease().toMillis())
              .map((row, context) -> leased(row, owner))
              .list();
        });
  }

  /** The command of a row points to the row's own segment. */
  private static Segment leased(ResultSet row, String owner) throws SQLException {
    var key = LeasedSegment.key(row);
    var through = new Delivery(key, row.getInt("through_epoch"), row.getInt("delivery"));
    return LeasedSegment.read(row, key, new Holder(owner, through));
  }

  /**
   * Group commit: one batch of each lease, in one transaction, which the work joins through the
   * thread. If this throws, nothing of any batch was stored, unless the answer to the commit was
   * lost: then all of it may have been stored. The caller must therefore read each segment again
   * before it goes on.
   *
   * @param work does the batches and records each with the group
   * @return the consequences, one entry per stage
   * @throws GroupBrokenException if a lease is lost or a job is to stop: the caller then works each
   *     segment alone
   */
  public List<StageRecorded> commit(List<Lease> leases, Consumer<GroupCommit> work) {
    var group = leases.stream().sorted(KEY_ORDER).toList();
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          int ours = fence(handle, group);
          if (ours != group.size()) {
            throw new GroupBrokenException(ours + " of " + group.size() + " go on");
          }
          var ends = new StageEnds(handle, config);
          work.accept(
              (lease, batch, known) ->
                  new BatchWriter(handle, config, lease, known, ends).add(batch));
          return ends.write();
        });
  }

  /** How many of these leases are the caller's and go on; all their segments are locked. */
  private static int fence(Handle handle, List<Lease> group) {
    return handle
        .createQuery(FENCE)
        .bind("jobs", Column.of(group, lease -> lease.key().job().value(), UUID[]::new))
        .bind("stages", Column.of(group, lease -> lease.key().stage(), Integer[]::new))
        .bind("segments", Column.of(group, lease -> lease.key().segment(), Integer[]::new))
        .bind("epochs", Column.of(group, Lease::epoch, Integer[]::new))
        .map((row, context) -> row.getInt(1))
        .one();
  }

  /**
   * Ends a run early, for several segments: those whose leases are not lost go back into the queue.
   *
   * @return the commands of the segments that are let into the window then
   */
  public List<PublishableCommand> yield(List<Segment> segments) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var giving = new LeaseReturn(handle, config);
          var given =
              segments.stream()
                  .sorted(Comparator.comparing(Segment::lease, KEY_ORDER))
                  .filter(segment -> giving.hold(segment.lease()))
                  .toList();
          var window = new SegmentWindow(handle, config);
          given.stream()
              .map(segment -> segment.job().id().value())
              .distinct()
              .forEach(window::enqueue);
          return given.stream()
              .collect(Collectors.groupingBy(segment -> segment.job().kind()))
              .values()
              .stream()
              .flatMap(
                  ofKind ->
                      window.exchange(ofKind.get(0).job().id().value(), ofKind.size()).stream())
              .toList();
        });
  }
}
