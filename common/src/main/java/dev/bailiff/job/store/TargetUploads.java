package dev.bailiff.job.store;

import dev.bailiff.database.TransactionBounds;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetSnapshot;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Jobs whose targets arrive piece by piece, more than a process should hold. One transaction takes
 * the targets into a table of its own as they arrive, and then accepts the job. Whatever breaks the
 * upload, the transaction rolls back, and nothing is left of it.
 *
 * <p>Each upload holds a connection until its client has sent everything. The caller bounds how
 * many run at once, and how long a client may send nothing.
 */
public final class TargetUploads {
  /**
   * Longer than any pause of a client that the gateway allows. If the gateway stops in the middle,
   * PostgreSQL ends the transaction after this time.
   */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final Jdbi jdbi;
  private final LeaseConfig config;
  private final JobAcceptance acceptance;

  TargetUploads(Jdbi jdbi, LeaseConfig config, JobAcceptance acceptance) {
    this.jdbi = jdbi;
    this.config = config;
    this.acceptance = acceptance;
  }

  /** Reads an upload. */
  @FunctionalInterface
  public interface Upload {

    /** Puts all targets into the table, and returns the request for a job of these targets. */
    JobRequest into(UploadedTargets table);
  }

  /**
   * Stores a job of uploaded targets.
   *
   * @param key the idempotency key of the request that the upload will return; null for none. It is
   *     taken first, so that a second request under it need not send its targets in vain
   * @param most how many targets a job may have
   * @return accepted; otherwise the reason, and then nothing is stored
   */
  public Acceptance accept(String requester, @Nullable String key, int most, Upload upload) {
    try {
      return jdbi.inTransaction(handle -> accept(handle, requester, key, most, upload));
    } catch (NotAcceptedException e) {
      return e.acceptance;
    }
  }

  private Acceptance accept(
      Handle handle, String requester, @Nullable String key, int most, Upload upload) {
    new TransactionBounds(config.statementTimeout(), config.statementTimeout(), LONGEST_PAUSE)
        .set(handle);
    if (key != null && !KeysInHand.take(handle, requester, key)) {
      return new Acceptance.KeyInHand();
    }
    var table = UploadedTargets.create(handle, most);
    var accepted = acceptance.accept(upload.into(table), TargetSnapshot.NONE);
    if (accepted instanceof Acceptance.Accepted) {
      return accepted;
    }
    throw new NotAcceptedException(accepted);
  }

  /** Rolls the transaction back: part of the job may be stored already. */
  static final class NotAcceptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Acceptance acceptance;

    NotAcceptedException(Acceptance acceptance) {
      super(acceptance.toString(), null, false, false);
      this.acceptance = acceptance;
    }
  }
}
