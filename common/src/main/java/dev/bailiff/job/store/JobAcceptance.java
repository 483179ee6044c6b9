package dev.bailiff.job.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.audit.AuditedCall;
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

  private static final String FIND_RETRY =
      "select job_id from jobs.job where retry_of = :former order by accepted_at, job_id limit 1";

  private static final String FIND_RUN =
      "select job_id from jobs.job where plan_job_id = :former order by accepted_at, job_id limit 1";

  private static final String EXPRESS_WAITING =
      """
      select count(*)
        from (select from jobs.segment
               where status = 'ready' and express and publish_at is not null and publications > 0
               limit :most) waiting
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
            if (isInHand(handle, request)) {
              return new Acceptance.KeyInHand();
            }
            var earlier = earlier(handle, request);
            if (earlier.isEmpty()) {
              earlier = repeated(handle, request);
            }
            return earlier.isPresent() ? earlier.get() : store(handle, request, snapshot);
          });
    } catch (TargetClaimedException e) {
      return new Acceptance.Claimed(e.target());
    } catch (NobodyApprovesException e) {
      return new Acceptance.NobodyApproves(e.why());
    } catch (KeyTakenException e) {
      // A gateway of an older release does not lock the key. It committed a request between our
      // look-up and our insert; the look-up sees it now.
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
    if (!storeTargets(request, parameters, insertion, intake)) {
      return new Acceptance.NoTargets();
    }
    int count = intake.count();
    var former = request.origin().former();
    if (former != null) {
      RepeatedTargets.copyItems(handle, former, id, count);
    }
    var beforeApproval = beforeApproval(handle, id, request, count);
    var firstStage = beforeApproval == null ? firstStage(request, count) : beforeApproval;
    // What needs an approval is counted now, so that it is approved when its time comes.
    boolean isNow = request.terms().runAt() == null || beforeApproval != null;
    boolean isPrepared = KindContract.PREPARING.contains(firstStage);
    int planned = isPrepared ? count : 0;
    insertion.firstStage(firstStage, planned);
    boolean queued = isNow && !hasRoom(handle);
    insertion.firstSegment(
        config.republishAfter(),
        isNow,
        queued,
        isPrepared ? TargetSpan.of(0, count) : null,
        planned);
    if (queued) {
      new SegmentWindow(handle, config).enqueue(id.value());
    }
    AuditedCall.notes(id.value(), request.terms().reason());
    new JobStatusChanges(handle).accepted(id);
    storeKey(handle, request.requester(), request.idempotencyKey(), id.value());
    var commands =
        isNow && !queued
            ? List.of(firstCommand(id, request, parameters, intake))
            : List.<PublishableCommand>of();
    return new Acceptance.Accepted(id, JobStatus.SCHEDULED, commands);
  }

  /**
   * Stores the policy of a job that needs an approval or may need one, and returns the stage with
   * which it begins; null if it needs none.
   *
   * @throws NobodyApprovesException if it needs one that nobody else could give
   */
  private static @Nullable String beforeApproval(
      Handle handle, JobId id, JobRequest request, int targets) {
    var terms = request.approval();
    if (terms == null || request.terms().dryRun()) {
      return null;
    }
    boolean finds = request.origin().filter() != null;
    var row =
        ApprovalRow.of(
            terms,
            request.parameters().contract().targetType(),
            request.parameters().firstStage(finds ? Integer.MAX_VALUE : targets));
    var first = finds ? KindContract.FIND : row.firstStage(handle, id.value(), targets);
    if (first == null) {
      return null;
    }
    var why = finds ? terms.always() : row.why(handle, id.value(), targets, 0);
    if (why != null && !terms.possible()) {
      throw new NobodyApprovesException(why);
    }
    row.insert(handle, id.value());
    return first;
  }

  private static String firstStage(JobRequest request, int targets) {
    if (request.origin().filter() != null) {
      return KindContract.RESOLVE;
    }
    return request.terms().dryRun()
        ? KindContract.DRY_RUN
        : request.parameters().firstStage(targets);
  }

  /** Stores the job's row and its targets; false if there are none. */
  private static boolean storeTargets(
      JobRequest request, JsonNode parameters, JobInsertion insertion, TargetIntake intake) {
    if (request.targets() instanceof UploadedTargets uploaded && intake.takesAnyOrder()) {
      insertion.job(parameters.toString(), 0);
      intake.storeAll(uploaded);
      insertion.setTargetCount(intake.count());
      return true;
    }
    try (var targets = request.targets().open()) {
      var first = TargetIntake.portion(targets);
      if (first.isEmpty() && request.origin().filter() == null) {
        if (request.origin().former() == null) {
          throw new IllegalArgumentException("a job has a target");
        }
        return false;
      }
      insertion.job(parameters.toString(), first.size());
      intake.storeAll(first, targets);
      if (intake.count() > first.size()) {
        insertion.setTargetCount(intake.count());
      }
      return true;
    }
  }

  /**
   * Whether the first segment of a new job is published at once. If many others wait for a worker,
   * the job waits for its turn in the queue, so that jobs do not only go first come, first served.
   */
  private boolean hasRoom(Handle handle) {
    return handle
            .createQuery(EXPRESS_WAITING)
            .bind("most", config.window())
            .map((row, context) -> row.getInt(1))
            .one()
        < config.window();
  }

  private static PublishableCommand firstCommand(
      JobId id, JobRequest request, JsonNode parameters, TargetIntake intake) {
    var accepted =
        intake
            .few()
            .filter(targets -> !targets.isEmpty())
            .map(
                targets ->
                    new AcceptedRequest(
                        targets, parameters, request.requester(), request.terms().reason()))
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

  /**
   * The retry of a job or the run of a plan that there is already: a job has one. Locks the former
   * job, so that two requests at the same time make one job.
   */
  private static Optional<Acceptance> repeated(Handle handle, JobRequest request) {
    var former = request.origin().former();
    if (former == null) {
      return Optional.empty();
    }
    new JobStatusChanges(handle).lock(former);
    return handle
        .createQuery(request.origin().planJob() == null ? FIND_RETRY : FIND_RUN)
        .bind("former", former.value())
        .map(
            (row, context) ->
                (Acceptance) new Acceptance.Repeated(new JobId(row.getObject(1, UUID.class))))
        .findOne();
  }

  private static boolean isInHand(Handle handle, JobRequest request) {
    var key = request.idempotencyKey();
    return key != null && !KeysInHand.take(handle, request.requester(), key.key());
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
