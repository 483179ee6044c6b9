package dev.bailiff.job.store;

import dev.bailiff.job.Acceptance;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.PublishableCommand;
import dev.bailiff.job.TargetMedia;
import dev.bailiff.job.TargetRooms;
import dev.bailiff.schemas.command.AcceptedRequest;
import dev.bailiff.schemas.command.SegmentCommand;
import dev.bailiff.schemas.kind.KindContract;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Rule 1: accept, then answer. The job, its targets and its first segment are committed in one
 * transaction before any id is told; a crash before the commit leaves nothing, a crash after it
 * leaves a job whose command is published by {@link JobUpkeep#republish}.
 */
public final class JobAcceptance {
  /** A million in one statement outlast the statement time-out once several come together. */
  private static final int TARGETS_A_STATEMENT = 20_000;

  private static final int COMMAND_REQUEST_BYTES = 16 * 1024;
  private static final UUID NO_JOB = new UUID(0, 0);

  private final Jdbi jdbi;
  private final LeaseConfig config;

  JobAcceptance(Jdbi jdbi, LeaseConfig config) {
    this.jdbi = jdbi;
    this.config = config;
  }

  /**
   * Stores a job.
   *
   * @param rooms stored for every target, so that what is meant is fixed now
   * @return accepted; or why not, and then nothing is stored
   */
  public Acceptance accept(JobRequest request, TargetRooms rooms) {
    return accept(request, rooms, TargetMedia.NONE);
  }

  /**
   * Stores a job.
   *
   * @param rooms stored for every target, so that what is meant is fixed now
   * @param media stored for every target, for the same reason
   * @return accepted; or why not, and then nothing is stored
   */
  public Acceptance accept(JobRequest request, TargetRooms rooms, TargetMedia media) {
    return accept(request, KindContract.PLAN, rooms, media);
  }

  /**
   * Stores a job.
   *
   * @param firstStage name of the stage that it begins with
   * @param rooms stored for every target, so that what is meant is fixed now
   * @param media stored for every target, for the same reason
   * @return accepted; or why not, and then nothing is stored
   */
  public Acceptance accept(
      JobRequest request, String firstStage, TargetRooms rooms, TargetMedia media) {
    try {
      return StatementTimeouts.inTransaction(
          jdbi,
          config.statementTimeout(),
          handle -> {
            var earlier = earlier(handle, request);
            return earlier.isPresent()
                ? earlier.get()
                : store(handle, request, firstStage, rooms, media);
          });
    } catch (ClaimedException e) {
      return new Acceptance.Claimed(e.target);
    } catch (KeyTakenException e) {
      // Another request with the same key was committed between our look-up and our insert: now it
      // can be seen.
      return accept(request, firstStage, rooms, media);
    }
  }

  /**
   * What became of a request under the same idempotency key, so that nothing else need be asked for
   * a repetition.
   *
   * @return empty if the request has no key, or a new one
   */
  public Optional<Acceptance> earlier(JobRequest request) {
    return jdbi.withHandle(handle -> earlier(handle, request));
  }

  /**
   * Whether a job of a kind works on a target, or will as soon as it can: a request that claims it
   * now would be refused.
   */
  public boolean isWorkedOn(JobKind kind, String target) {
    return jdbi.withHandle(
        handle ->
            handle
                .attach(ClaimDao.class)
                .rivalled(NO_JOB, kind.name(), new String[] {target})
                .isPresent());
  }

  private Acceptance store(
      Handle handle, JobRequest request, String firstStage, TargetRooms rooms, TargetMedia media) {
    var id = JobId.random();
    var targets =
        request.targets().stream().sorted(JobAcceptance::compareBytes).toArray(String[]::new);
    var runAt = request.runAt() == null ? null : request.runAt().atOffset(ZoneOffset.UTC);
    var jobs = handle.attach(JobDao.class);
    jobs.insert(
        id.value(),
        request.kind().name(),
        request.parameters().toString(),
        request.requester(),
        request.actingUser(),
        request.reason(),
        targets.length,
        runAt);
    var targetDao = handle.attach(TargetDao.class);
    for (int first = 0; first < targets.length; first += TARGETS_A_STATEMENT) {
      targetDao.insert(
          id.value(),
          first,
          Arrays.copyOfRange(
              targets, first, Math.min(targets.length, first + TARGETS_A_STATEMENT)));
    }
    for (int n = 0; n < targets.length; n++) {
      int number = n;
      rooms.read(
          targets[n],
          page -> targetDao.insertRooms(id.value(), number, page.toArray(String[]::new)));
      media.read(
          targets[n],
          page -> targetDao.insertMedia(id.value(), number, page.toArray(String[]::new)));
    }
    if (request.claimNow()) {
      claim(handle, id, request.kind(), targets);
    }
    boolean isPrepared = KindContract.PREPARING.contains(firstStage);
    int planned = isPrepared ? targets.length : 0;
    handle.attach(StageDao.class).insert(id.value(), 0, firstStage, planned);
    var publishedNow = runAt == null;
    handle
        .attach(SegmentDao.class)
        .insertFirst(
            id.value(),
            0,
            publishedNow ? 1 : 0,
            runAt,
            config.republishAfter().toMillis(),
            isPrepared ? TargetSpan.of(0, targets.length) : null,
            planned);
    jobs.insertTransition(id.value(), null, JobStatus.SCHEDULED.word());
    storeKey(handle, request.requester(), request.idempotencyKey(), id.value());
    var commands =
        publishedNow ? List.of(firstCommand(id, request, targets)) : List.<PublishableCommand>of();
    return new Acceptance.Accepted(id, JobStatus.SCHEDULED, commands);
  }

  /**
   * Refuses what a job of the same kind is at, or waits to be at. What a job of another kind holds
   * is no conflict: the plan waits for it.
   */
  private static void claim(Handle handle, JobId id, JobKind kind, String[] targets) {
    var claims = handle.attach(ClaimDao.class);
    var taken = claims.claim(id.value(), targets);
    if (!taken.isEmpty()) {
      claims.lockHeld(id.value(), taken.toArray(String[]::new));
    }
    claims
        .rivalled(id.value(), kind.name(), targets)
        .ifPresent(
            target -> {
              throw new ClaimedException(target);
            });
  }

  private static PublishableCommand firstCommand(JobId id, JobRequest request, String[] targets) {
    var accepted =
        new AcceptedRequest(
            List.of(targets), request.parameters(), request.requester(), request.reason());
    return new PublishableCommand(
        command(id, request.kind(), fits(accepted) ? accepted : null), true);
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
        .createQuery(
            "select job_id, request_sha256 from jobs.idempotency_key where requester = :requester"
                + " and key = :key")
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
            .createUpdate(
                """
                insert into jobs.idempotency_key (requester, key, request_sha256, job_id)
                values (:requester, :key, :digest, :job) on conflict do nothing
                """)
            .bind("requester", requester)
            .bind("key", key.key())
            .bind("digest", key.requestSha256())
            .bind("job", job)
            .execute();
    if (stored == 0) {
      throw new KeyTakenException();
    }
  }

  private static int compareBytes(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        right.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Rolls the transaction back. */
  private static final class ClaimedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String target;

    ClaimedException(String target) {
      super("claimed: " + target);
      this.target = target;
    }
  }

  /** Rolls the transaction back. */
  private static final class KeyTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
