package dev.bailiff.worker.run;

import dev.bailiff.job.Delivery;
import dev.bailiff.job.Holder;
import dev.bailiff.job.JobId;
import dev.bailiff.job.Segment;
import dev.bailiff.job.SegmentKey;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.worker.kind.WorkerKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the leases that commands point to, if there is anything to do for them, and gives them back
 * early. Leaves a command of a newer release alone, because leasing its segment would use up its
 * attempts. The store publishes the command again until a worker takes it that knows its kind and
 * stage. Thread-safe.
 */
final class SegmentLeasing {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLeasing.class);

  private final String owner;
  private final JobStore store;
  private final WorkerKinds kinds;
  private final CommandPublisher publisher;
  private final StoreRetry storeRetry;
  private final OpenedStageTakeover heir;

  SegmentLeasing(RunnerDependencies with, StoreRetry storeRetry, OpenedStageTakeover heir) {
    this.owner = with.owner();
    this.store = with.store();
    this.kinds = with.kinds();
    this.publisher = with.publisher();
    this.storeRetry = storeRetry;
    this.heir = heir;
  }

  /**
   * Takes the leases of the commands of one poll. Commands of the first one's kind are leased
   * together, because the known stages depend on the kind.
   *
   * @param draining whether this worker is to stop
   * @param open notes the commands that stay open
   * @throws CommandOpenException if the store did not answer, so that leases may have been taken
   */
  List<Segment> lease(List<Delivered> commands, BooleanSupplier draining, StillOpen open) {
    if (commands.size() == 1) {
      return lease(commands.get(0)).map(List::of).orElse(List.of());
    }
    var leased = new ArrayList<>(leaseOfFirstKind(commands));
    // A command that got no lease was locked at that moment, or there is nothing to do for it. The
    // lock may be that of a commit that only checked whether to publish the segment. Leased alone,
    // each command waits for the lock.
    var taken = leased.stream().map(next -> next.lease().key()).collect(Collectors.toSet());
    commands.stream()
        .filter(next -> !taken.contains(key(next.command())))
        .forEach(
            next ->
                open.unless(
                    () -> {
                      if (draining.getAsBoolean()) {
                        // The command is not looked at, and a lease of a former owner may stand
                        // behind it.
                        throw new CommandOpenException("this worker is stopping");
                      }
                      lease(next).ifPresent(leased::add);
                    }));
    return leased;
  }

  private List<Segment> leaseOfFirstKind(List<Delivered> commands) {
    var kind = commands.get(0).command().kind();
    var known = kinds.stageNames(kind);
    var group = commands.stream().filter(next -> next.command().kind().equals(kind)).toList();
    return known.isPresent() && group.size() > 1
        ? storeRetry.once(() -> store.groups().lease(group, owner, known.get()))
        : List.of();
  }

  /**
   * Takes the lease of one command.
   *
   * @return the segment of the command; after a second delivery perhaps another segment, which the
   *     former owner had reached
   */
  private Optional<Segment> lease(Delivered delivered) {
    var command = delivered.command();
    int delivery = delivered.delivery();
    var known = kinds.stageNames(command.kind());
    if (known.isEmpty()) {
      LOG.info("not known here: kind={}", command.kind());
      return Optional.empty();
    }
    var leased = storeRetry.once(() -> store.leases().lease(command, delivery, owner, known.get()));
    if (leased.isPresent() || delivery == 1) {
      return leased;
    }
    return heir.takeOver(
        command.kind(), new Holder(owner, Delivery.of(command, delivery)), known.get());
  }

  /** Gives a segment back, so that other segments have their turn. */
  void giveBack(Segment segment) {
    publisher.publish(storeRetry.once(() -> store.leases().yield(segment)));
  }

  /** Gives segments back on which no work has begun. */
  void giveBack(List<Segment> unbegun) {
    publisher.publish(storeRetry.once(() -> store.groups().yield(unbegun)));
  }

  private static SegmentKey key(SegmentCommand command) {
    return new SegmentKey(new JobId(command.jobId()), command.stage(), command.segment());
  }
}
