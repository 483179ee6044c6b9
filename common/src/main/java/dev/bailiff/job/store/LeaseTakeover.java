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
 * Takes over what a dead owner held through a command beside the command's own segment, which
 * {@link SegmentLeases#lease} takes over: segments of stages that were opened in the same run. The
 * heir is whoever has the command delivered after its former owner died, or lost the command's
 * lock.
 *
 * <p><b>Why a crash loses nothing and does nothing twice:</b> each lease remembers the command
 * through which it was taken, and how often that had been delivered. The former owner did not
 * accept the command, so Kafka delivers it again, with a higher count; and only a higher count
 * takes over. Taking over is a lease like any other: the epoch grows, and a former owner who was
 * only asleep is refused by it (rule 2). Should the heir die too, the next delivery finds his lease
 * with his count in the same way. {@code SegmentRescuer} is needed only where Kafka lost the
 * command.
 */
public final class LeaseTakeover {
  private final Jdbi jdbi;
  private final LeaseConfig config;

  LeaseTakeover(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * Takes over what an earlier delivery of the same command holds of the job: not the segment that
   * the command points to, but one of a stage that its former owner opened in the same run. His
   * epoch is over with it, as with each lease (rule 2).
   *
   * @param heir who has the command now
   * @param known names of the stages that the heir can work, in any order
   * @return empty if there is nothing of that kind, at this moment
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
   * Whether an earlier delivery of the command holds a segment of one of these stages, whether it
   * can be taken over at this moment or not.
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
   * What is left for the heir of a command if there is nothing to take over. Whatever an earlier
   * delivery still holds is of a stage that the heir does not know, and becomes ready. Commands
   * that the former owner may have died before sending are to be published now.
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
