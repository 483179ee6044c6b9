package dev.bailiff.worker.maintain;

import dev.bailiff.audit.AuditChain;
import dev.bailiff.audit.AuditHead;
import dev.bailiff.duty.Duty;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the audit: chains its rows, tells the head of the chain once a minute, and makes the
 * partitions of the next months. Two keepers at once do no harm: one of them finds a lock taken.
 */
public final class AuditKeeper implements Duty {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeeper.class);

  private static final Duration HEADS = Duration.ofMinutes(1);
  private static final Duration PARTITIONS = Duration.ofHours(1);

  private final AuditChain chain;
  private final Consumer<AuditHead> heads;
  private final LongSupplier nanoTime;
  private long nextHead;
  private long nextPartitions;

  /**
   * @param heads sends a head to where it is kept
   * @param nanoTime as of {@link System#nanoTime()}
   */
  public AuditKeeper(AuditChain chain, Consumer<AuditHead> heads, LongSupplier nanoTime) {
    this.chain = chain;
    this.heads = heads;
    this.nanoTime = nanoTime;
    this.nextHead = nanoTime.getAsLong();
    this.nextPartitions = nextHead;
  }

  @Override
  public boolean runOnce() {
    boolean isMore = chain.link();
    long now = nanoTime.getAsLong();
    if (now - nextPartitions >= 0) {
      chain.makePartitions();
      nextPartitions = now + PARTITIONS.toNanos();
    }
    if (now - nextHead >= 0) {
      chain
          .head()
          .ifPresent(
              head -> {
                LOG.info("audit head {}", head);
                heads.accept(head);
              });
      nextHead = now + HEADS.toNanos();
    }
    return isMore;
  }
}
