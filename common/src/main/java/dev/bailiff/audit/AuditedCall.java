package dev.bailiff.audit;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that may change something, while its thread works on it. Each transaction of the thread
 * that changes something gets a row of the call ({@link AuditedTransactions}), so that the change
 * and its row are there together or not at all.
 *
 * <p><b>Concurrency:</b> of one thread, until it ends. What is left to tell of the call then may be
 * told by another thread.
 */
public final class AuditedCall {
  private static final ThreadLocal<@Nullable AuditedCall> CURRENT = new ThreadLocal<>();

  private final AuditEntry entry;
  private volatile @Nullable UUID job;
  private volatile @Nullable String why;
  private volatile boolean written;

  /**
   * @param entry what is known of the call; its result is not looked at
   */
  public AuditedCall(AuditEntry entry) {
    this.entry = entry;
    this.job = entry.job();
    this.why = entry.why();
  }

  /** The call that this thread works on. */
  public static Optional<AuditedCall> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Begins the call on this thread. */
  public void begin() {
    CURRENT.set(this);
  }

  /** Ends whatever call this thread works on. */
  public static void end() {
    CURRENT.remove();
  }

  /** Notes the job that the call makes, and its reason. */
  public static void notes(UUID job, @Nullable String why) {
    var call = CURRENT.get();
    if (call != null) {
      call.job = job;
      call.why = why;
    }
  }

  /** Whether a transaction with a row of the call was committed, or may have been. */
  public boolean isWritten() {
    return written;
  }

  void noteWritten() {
    written = true;
  }

  /** The row of the call with its result. */
  public AuditEntry entry(String result) {
    return new AuditEntry(
        entry.who(), entry.token(), entry.address(), entry.what(), entry.whom(), why, job, result);
  }
}
