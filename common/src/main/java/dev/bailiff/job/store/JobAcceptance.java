package dev.bailiff.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.schemas.command.AcceptedRequest;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.kind.KindContract;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rule 1: accept, then answer. The job, its targets and its first segment are committed in one
 * transaction before any id is returned. A crash before the commit leaves nothing; a crash after it
 * leaves a job whose command {@link JobUpkeep#republish} publishes.
 */
public final class JobAcceptance {
  private static final int COMMAND_REQUEST_BYTES = 16 * 1024;
  private static final UUID NO_JOB = new UUID(0, 0);

  private static final String FIND_KEY =
      "select job_id, request_sha256 from jobs.idempotency_key where requester = :requester"
          + " and key = :key";

  private static final String STORE_KEY =
      """
      insert into jobs.idempotency_key (requester, key, request_sha256, job_id)
      values (:requester, :key, :digest, :job) on conflict do nothing
      """;

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobAcceptance(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * Stores a job.
   *
   * @param snapshot stored with every target. It is read inside the transaction, so it must have
   *     all items at hand: a call to another machine would hold locks until that machine answers
   * @return accepted; otherwise the reason, and then nothing is stored
   */
  public Acceptance accept(JobRequest request, TargetSnapshot snapshot) {
    try {
      return StatementTimeouts.inTransaction(
          jdbi,
          config.statementTimeout(),
          handle -> {
            var earlier = earlier(handle, request);
            return earlier.isPresent() ? earlier.get() : store(handle, request, snapshot);
          });
    } catch (TargetClaimedException e) {
      return new Acceptance.Claimed(e.target());
    } catch (KeyTakenException e) {
      // A request with the same key was committed between our look-up and our insert; the look-up
      // sees it now.
      return accept(request, snapshot);
    }
  }

  /**
   * The answer to an earlier request under the same idempotency key. A repetition thus needs no
   * other check.
   *
   * @return empty if the request has no key, or a new one
   */
  public Optional<Acceptance> earlier(JobRequest request) {
    return jdbi.withHandle(handle -> earlier(handle, request));
  }

  /**
   * Whether a job of a kind works on a target, or will work on it as soon as it can: a request that
   * claims the target now would be refused.
   */
  public boolean isWorkedOn(JobKind kind, String target) {
    return jdbi.withHandle(
        handle -> new TargetClaims(handle, NO_JOB).rivalled(kind, List.of(target)).isPresent());
  }

  private Acceptance store(Handle handle, JobRequest request, TargetSnapshot snapshot) {
    var id = JobId.random();
    var parameters = request.parameters().json();
    var insertion = new JobInsertion(handle, id, request);
    var intake = new TargetIntake(handle, id, request, snapshot);
    try (var targets = request.targets().open()) {
      var first = TargetIntake.portion(targets);
      if (first.isEmpty()) {
        throw new IllegalArgumentException("a job has a target");
      }
      insertion.job(parameters.toString(), first.size());
      intake.storeAll(first, targets);
      if (intake.count() > first.size()) {
        insertion.setTargetCount(intake.count());
      }
    }
    int count = intake.count();
    var firstStage = request.parameters().firstStage(count);
    boolean isPrepared = KindContract.PREPARING.contains(firstStage);
    int planned = isPrepared ? count : 0;
    insertion.firstStage(firstStage, planned);
    insertion.firstSegment(
        config.republishAfter(), isPrepared ? TargetSpan.of(0, count) : null, planned);
    new JobStatusChanges(handle).accepted(id);
    storeKey(handle, request.requester(), request.idempotencyKey(), id.value());
    var commands =
        request.runAt() == null
            ? List.of(firstCommand(id, request, parameters, intake))
            : List.<PublishableCommand>of();
    return new Acceptance.Accepted(id, JobStatus.SCHEDULED, commands);
  }

  private static PublishableCommand firstCommand(
      JobId id, JobRequest request, JsonNode parameters, TargetIntake intake) {
    var accepted =
        intake
            .few()
            .map(
                targets ->
                    new AcceptedRequest(targets, parameters, request.requester(), request.reason()))
            .filter(JobAcceptance::fits)
            .orElse(null);
    return new PublishableCommand(command(id, request.kind(), accepted), true);
  }

  private static SegmentCommand command(JobId id, JobKind kind, @Nullable AcceptedRequest request) {
    return new SegmentCommand(SegmentCommand.VERSION, id.value(), kind.name(), 0, 0, 0, request);
  }

  private static boolean fits(AcceptedRequest request) {
    return request.targets().size() <= COMMAND_REQUEST_BYTES / 3
        && StoredJson.of(request).toString().length() <= COMMAND_REQUEST_BYTES;
  }

  private static Optional<Acceptance> earlier(Handle handle, JobRequest request) {
    var key = request.idempotencyKey();
    if (key == null) {
      return Optional.empty();
    }
    return handle
        .createQuery(FIND_KEY)
        .bind("requester", request.requester())
        .bind("key", key.key())
        .map(
            (rs, ctx) ->
                MessageDigest.isEqual(rs.getBytes("request_sha256"), key.requestSha256())
                    ? (Acceptance)
                        new Acceptance.Repeated(new JobId(rs.getObject("job_id", UUID.class)))
                    : new Acceptance.KeyReused())
        .findOne();
  }

  private static void storeKey(
      Handle handle, String requester, @Nullable IdempotencyKey key, UUID job) {
    if (key == null) {
      return;
    }
    int stored =
        handle
            .createUpdate(STORE_KEY)
            .bind("requester", requester)
            .bind("key", key.key())
            .bind("digest", key.requestSha256())
            .bind("job", job)
            .execute();
    if (stored == 0) {
      throw new KeyTakenException();
    }
  }

  /** Rolls the transaction back. */
  private static final class KeyTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
