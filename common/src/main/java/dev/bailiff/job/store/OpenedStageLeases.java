package dev.bailiff.job.store;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.Segment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

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
    var through = heir.through();
    var command = through.segment();
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle ->
            handle
                .attach(TakeoverDao.class)
                .takeOver(
                    command.job().value(),
                    command.stage(),
                    command.segment(),
                    through.epoch(),
                    through.count(),
                    heir.owner(),
                    known.toArray(String[]::new),
                    config.lease().toMillis())
                .map(row -> SegmentLeases.segment(row.key(), heir, row.lease())));
  }

  /**
   * Whether an earlier delivery of the command holds a segment of one of these stages, even if the
   * segment cannot be taken over at this moment.
   */
  public boolean isHeldBefore(Delivery through, Collection<String> known) {
    var command = through.segment();
    return jdbi.withHandle(
        handle ->
            handle
                .attach(TakeoverDao.class)
                .isHeldBefore(
                    command.job().value(),
                    command.stage(),
                    command.segment(),
                    through.epoch(),
                    through.count(),
                    known.toArray(String[]::new)));
  }

  /**
   * Does the rest for the heir of a command if there is nothing to take over. A segment that an
   * earlier delivery still holds is of a stage that the heir does not know; it becomes ready. The
   * caller publishes the returned commands, which the former owner may not have sent before it
   * died.
   */
  public List<PublishableCommand> makeUpFor(Delivery through) {
    var command = through.segment();
    return StatementTimeouts.inTransaction(
        jdbi,
        config.statementTimeout(),
        handle -> {
          var segments = handle.attach(TakeoverDao.class);
          segments.free(
              command.job().value(),
              command.stage(),
              command.segment(),
              through.epoch(),
              through.count());
          return segments
              .republishOnce(
                  command.job().value(),
                  StageEnds.WINDOW_OF_GROUPS * config.window(),
                  config.republishAfter().toMillis())
              .stream()
              .map(BatchWriter::command)
              .toList();
        });
  }
}
