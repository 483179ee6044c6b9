package dev.bailiff.gateway.job.submit;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.auth.LocalServer;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.Guard;
import dev.bailiff.gateway.guard.WaivedRails;
import dev.bailiff.gateway.job.approval.ApprovalPolicy;
import dev.bailiff.gateway.job.approval.ApprovalRule;
import dev.bailiff.gateway.limit.SubmissionLimits;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobId;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobAcceptance;
import dev.bailiff.kafka.CommandPublisher;
import dev.bailiff.schemas.kind.KindContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes jobs of checked requests. When a method here returns a job, the job is committed. The
 * commands of the job are published after that, off the calling thread. If this process dies
 * between the two, the store publishes the commands.
 */
public final class JobSubmission {
  private static final String EMPTY_STORE =
      "Nothing was imported yet, so there is nothing to moderate. Import a snapshot first";

  private final KindContracts kinds;
  private final JobAcceptance acceptance;
  private final CommandPublisher publisher;
  private final Admission admission;
  private final LocalServer localServer;
  private final Guard guard;
  private final SubmissionLimits limits;
  private final ApprovalRule approvals;

  public JobSubmission(
      KindContracts kinds,
      JobAcceptance acceptance,
      CommandPublisher publisher,
      Admission admission,
      LocalServer localServer,
      Guard guard,
      SubmissionLimits limits,
      ApprovalRule approvals) {
    this.guard = guard;
    this.limits = limits;
    this.kinds = kinds;
    this.acceptance = acceptance;
    this.publisher = publisher;
    this.admission = admission;
    this.localServer = localServer;
    this.approvals = approvals;
  }

  /**
   * Stores a job, or returns the reason why not; then nothing was stored or published.
   *
   * @throws ApiException 409 while the store is empty: each kind needs the server's name, and the
   *     job would only fail after all its attempts; 403 if it needs an approval that nobody else
   *     than the caller could give
   */
  public Acceptance submit(JobRequest asked, Caller caller) {
    return submit(asked, caller, Set.of());
  }

  /**
   * Stores a job of few named targets for which some guard rails do not hold.
   *
   * @param waived the words of the rails
   */
  Acceptance submit(JobRequest asked, Caller caller, Set<String> waived) {
    var request = underPolicy(asked, caller);
    if (request.origin().filter() != null) {
      // The targets are not known yet; a stage behind their search takes the snapshot.
      return submit(() -> acceptance.accept(request, TargetSnapshot.NONE));
    }
    return submit(
        () ->
            snapshot(request, waived)
                .map(snapshot -> accept(request, snapshot))
                .orElseGet(() -> acceptance.accept(request, TargetSnapshot.NONE)));
  }

  private Optional<TargetSnapshot> snapshot(JobRequest request, Set<String> waived) {
    var meaning = admission.snapshot(request.parameters());
    return waived.isEmpty()
        ? meaning
        : Optional.of(new WaivedRails(meaning.orElse(TargetSnapshot.NONE), waived));
  }

  /** The answer to an earlier request under the same key. */
  Optional<Acceptance> earlier(JobRequest request) {
    return acceptance.earlier(request);
  }

  /**
   * Refuses a call of the admin API on a target that is left alone.
   *
   * @throws ApiException 403
   */
  public void requireTarget(String target, Caller caller) {
    guard.requireForJob(caller, target);
  }

  /**
   * The request with the approval that it needs. Every request becomes a job through this.
   *
   * @throws ApiException 403 if it needs one that nobody else than the caller could give
   */
  JobRequest underPolicy(JobRequest request, Caller caller) {
    return approvals.apply(request, caller);
  }

  /**
   * The same for a job that the caller stores, in a transaction that has ended then, of a request
   * {@link #underPolicy}.
   */
  Acceptance submit(Supplier<Acceptance> storing) {
    if (localServer.serverName().isEmpty()) {
      throw new ApiException(409, Errcode.M_UNKNOWN, EMPTY_STORE);
    }
    return published(storing.get());
  }

  /** How much callers may submit in a time. */
  SubmissionLimits limits() {
    return limits;
  }

  /** Stores a job of targets of an earlier job, whose snapshot it takes over. */
  public Acceptance repeat(JobRequest request, Caller caller) {
    return published(acceptance.accept(underPolicy(request, caller), TargetSnapshot.NONE));
  }

  private Acceptance published(Acceptance accepted) {
    if (accepted instanceof Acceptance.NobodyApproves refused) {
      throw ApprovalPolicy.nobodyApproves(refused.why());
    }
    if (accepted instanceof Acceptance.Accepted job) {
      publisher.publish(job.commands());
    }
    return accepted;
  }

  /** Stores a job of one target; if the target belongs to another job, this one waits for it. */
  public JobId submitOne(JobKind kind, String target, Record parameters, Caller caller) {
    return accepted(submitOne(request(kind, target, parameters, caller, false), caller))
        .orElseThrow(() -> new IllegalStateException("a job that claims nothing was refused"));
  }

  /** Stores a job of one target; empty if another job of the kind works on the target. */
  public Optional<JobId> submitUnlessClaimed(
      JobKind kind, String target, Record parameters, Caller caller) {
    return accepted(submitOne(request(kind, target, parameters, caller, true), caller));
  }

  /**
   * Whether another job of the kind works on a target, so that {@link #submitUnlessClaimed}
   * refuses.
   */
  public boolean isClaimed(JobKind kind, String target) {
    return acceptance.isWorkedOn(kind, target);
  }

  private Acceptance submitOne(JobRequest request, Caller caller) {
    return limits.within(caller, () -> 1, () -> submit(request, caller, guard.waivedOfAdminApi()));
  }

  private JobRequest request(
      JobKind kind, String target, Record parameters, Caller caller, boolean claimNow) {
    caller.rights().requireSubmission(kind.name());
    caller.rights().requireTarget(target);
    guard.requireForJob(caller, target);
    return new JobRequest(
        JobParameters.of(kinds.require(kind), parameters),
        TargetSource.of(List.of(target)),
        caller.requester(),
        caller.actingUser(),
        JobTerms.USUAL,
        JobOrigin.LIST,
        claimNow,
        null);
  }

  private static Optional<JobId> accepted(Acceptance acceptance) {
    return acceptance instanceof Acceptance.Accepted job
        ? Optional.of(job.job())
        : Optional.empty();
  }

  /** Reads the snapshot before the transaction. In a job of many targets, a stage reads it. */
  private Acceptance accept(JobRequest request, TargetSnapshot snapshot) {
    var targets = first(request.targets(), KindContract.MOST_TARGETS_IN_SNAPSHOT + 1);
    if (targets.size() > KindContract.MOST_TARGETS_IN_SNAPSHOT) {
      return acceptance.accept(request, TargetSnapshot.NONE);
    }
    // A repetition is answered even while the homeserver cannot be asked.
    var earlier = acceptance.earlier(request);
    return earlier.isPresent()
        ? earlier.get()
        : acceptance.accept(
            request.withTargets(TargetSource.of(targets)), HeldSnapshot.of(targets, snapshot));
  }

  /** The first targets, at most {@code most}; fewer if there are no more. */
  private static List<String> first(TargetSource source, int most) {
    List<String> first = new ArrayList<>();
    try (var targets = source.open()) {
      var next = targets.next(most);
      while (!next.isEmpty()) {
        first.addAll(next);
        next = first.size() < most ? targets.next(most - first.size()) : List.of();
      }
    }
    return first;
  }
}
