package dev.bailiff.job.store;

import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetOrder;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores the targets of one job, portion by portion, in the transaction that accepts it. */
final class TargetIntake {
  /**
   * A million targets in one statement exceed the statement time-out when several such statements
   * run at once.
   */
  private static final int TARGETS_A_STATEMENT = 20_000;

  private static final String INSERT =
      """
      insert into jobs.target (job_id, target_n, target)
      select :jobId, :first + t.n - 1, t.target from unnest(:targets) with ordinality as t (target, n)
      """;

  private final Handle handle;
  private final JobId job;
  private final JobKind kind;
  private final boolean claims;
  private final TargetSnapshot snapshot;
  private final TargetItems items;
  private List<String> first = List.of();
  private int count;
  private @Nullable String last;

  TargetIntake(Handle handle, JobId job, JobRequest request, TargetSnapshot snapshot) {
    this.handle = handle;
    this.job = job;
    this.kind = request.kind();
    this.claims = request.claimNow();
    this.snapshot = snapshot;
    this.items = new TargetItems(handle, job);
  }

  /** The next targets of a source; none at the end. */
  static List<String> portion(TargetSource.Reading targets) {
    return targets.next(TARGETS_A_STATEMENT);
  }

  /**
   * Stores a portion and all targets behind it.
   *
   * @throws TargetClaimedException if the job claims its targets and one belongs to another job
   */
  void storeAll(List<String> portion, TargetSource.Reading rest) {
    first = portion;
    store(portion);
    for (var next = portion(rest); !next.isEmpty(); next = portion(rest)) {
      store(next);
    }
  }

  /** Whether nothing has to be done with the targets one by one. */
  boolean takesAnyOrder() {
    return !claims && snapshot == TargetSnapshot.NONE;
  }

  /** Stores the targets of an upload. They never pass this process. */
  void storeAll(UploadedTargets targets) {
    count = targets.moveTo(job);
  }

  /** How many targets are stored. */
  int count() {
    return count;
  }

  /** All targets, if they fitted into one portion. */
  Optional<List<String>> few() {
    return !first.isEmpty() && first.size() == count
        ? Optional.of(List.copyOf(first))
        : Optional.empty();
  }

  private void store(List<String> portion) {
    requireAscending(portion);
    insert(portion);
    if (snapshot != TargetSnapshot.NONE) {
      storeItems(portion);
    }
    if (claims) {
      claim(portion);
    }
    count = Math.addExact(count, portion.size());
  }

  /** Claims and the numbers of targets rely on the order that a source promises. */
  private void requireAscending(List<String> portion) {
    for (var target : portion) {
      if (last != null && TargetOrder.compare(last, target) >= 0) {
        throw new IllegalStateException("the source of targets is not in ascending byte order");
      }
      last = target;
    }
  }

  private void insert(List<String> portion) {
    handle
        .createUpdate(INSERT)
        .bind("jobId", job.value())
        .bind("first", count)
        .bind("targets", portion.toArray(String[]::new))
        .execute();
  }

  private void storeItems(List<String> portion) {
    int number = count;
    for (var target : portion) {
      int targetNumber = number++;
      snapshot.read(target, (list, listed) -> items.insert(targetNumber, list, listed));
    }
  }

  /**
   * Refuses a target that a job of the same kind works on, or waits for. A target of a job of
   * another kind is no conflict: the plan waits for it.
   */
  private void claim(List<String> targets) {
    var targetClaims = new TargetClaims(handle, job.value());
    var taken = targetClaims.claim(targets);
    if (!taken.isEmpty()) {
      targetClaims.lockHeld(taken);
    }
    targetClaims
        .rivalled(kind, targets)
        .ifPresent(
            target -> {
              throw new TargetClaimedException(target);
            });
  }
}
