package dev.bailiff.job.store;

import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Lease;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import dev.bailiff.job.store.SegmentLeases.Recorded;
import dev.bailiff.schemas.command.SegmentCommand;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
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

  private final Jdbi jdbi;
  private final LeaseConfig config;
  private final SegmentLeases leases;

  GroupLeases(Jdbi jdbi, LeaseConfig config, SegmentLeases leases) {
    this.jdbi = jdbi;
    this.config = config;
    this.leases = leases;
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
          commands.stream()
              .map(Delivered::command)
              .filter(command -> command.stage() == 0 && command.segment() == 0)
              .sorted(Comparator.comparing(SegmentCommand::jobId))
              .forEach(command -> SegmentLeases.activate(handle, command));
          return handle
              .attach(SegmentGroupDao.class)
              .lease(
                  Column.of(commands, delivered -> delivered.command().jobId(), UUID[]::new),
                  Column.of(commands, delivered -> delivered.command().stage(), Integer[]::new),
                  Column.of(commands, delivered -> delivered.command().segment(), Integer[]::new),
                  Column.of(commands, delivered -> delivered.command().epoch(), Integer[]::new),
                  Column.of(commands, Delivered::delivery, Integer[]::new),
                  owner,
                  known.toArray(String[]::new),
                  config.lease().toMillis())
              .stream()
              .map(
                  row ->
                      SegmentLeases.segment(
                          row.leased().key(),
                          new Holder(owner, row.through()),
                          row.leased().lease()))
              .toList();
        });
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
          var ours =
              handle
                  .attach(SegmentGroupDao.class)
                  .fence(
                      Column.of(group, lease -> lease.key().job().value(), UUID[]::new),
                      Column.of(group, lease -> lease.key().stage(), Integer[]::new),
                      Column.of(group, lease -> lease.key().segment(), Integer[]::new),
                      Column.of(group, Lease::epoch, Integer[]::new));
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

  /** Ends a run early, for several segments; a segment whose lease was lost has no command. */
  public List<PublishableCommand> yield(List<Segment> segments) {
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle ->
            segments.stream()
                .sorted(Comparator.comparing(Segment::lease, KEY_ORDER))
                .flatMap(segment -> leases.yield(segment).stream())
                .toList());
  }
}
