package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.ForcedJobs;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.store.PlanReader;
import dev.bailiff.schemas.api.RunReply.ChangedReply;
import dev.bailiff.schemas.kind.KindContract;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job of exactly the targets that a dry run planned, without those that it left out. A plan
 * is run once: a second call gives the job of the first.
 */
public final class PlanRun {
  private static final Duration LONGEST_AGE = Duration.ofHours(24);
  private static final Set<String> KEYS =
      Set.of("reason", "reference", "run_at", "priority", "max_rate", "pace");

  private final KindContracts kinds;
  private final JobSubmission submission;
  private final PlanReader plans;
  private final PlanChanges changes;
  private final ForcedJobs forced;
  private final Clock clock;

  public PlanRun(
      KindContracts kinds,
      JobSubmission submission,
      PlanReader plans,
      PlanChanges changes,
      ForcedJobs forced,
      Clock clock) {
    this.forced = forced;
    this.kinds = kinds;
    this.submission = submission;
    this.plans = plans;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * The job that runs a plan.
   *
   * @param changed what changed since the plan; null if an earlier call made the job
   */
  public record Run(Submitted submitted, @Nullable ChangedReply changed) {}

  /**
   * Makes the job that runs a plan, or finds it. What changed is counted before the job exists: its
   * first batches may be done a moment later.
   *
   * @throws ApiException 409 if the job is no dry run, has not completed, is too old, or planned
   *     nothing; 400 if the run needs a reason
   */
  public Run run(JobView plan, Call call) {
    if (!plan.terms().dryRun()) {
      throw conflict("The job is no dry run, so there is no plan to run");
    }
    var terms = terms(call.body().orEmpty(), plan.terms());
    var earlier = plans.runOf(plan.id());
    if (earlier.isPresent()) {
      return new Run(new Submitted(earlier.get(), Optional.empty()), null);
    }
    requireFresh(plan);
    long targets = plan.targetCount() - plans.find(plan.id()).leftOut();
    if (targets == 0) {
      throw conflict("The plan has no target on which anything would be done");
    }
    requireReason(plan, targets, terms);
    new RightsOfSubmission(call.caller().rights())
        .require(plan.kind().name(), plans.targets(plan.id()));
    forced.requireRight(call.caller(), plan.id());
    var changed = changes.since(plan);
    var submitted =
        Submitted.of(
            submission
                .limits()
                .within(
                    call.caller(),
                    () -> targets,
                    () -> store(request(plan, terms, call), plan, call.caller())));
    return new Run(submitted, submitted.status().isPresent() ? changed : null);
  }

  private void requireFresh(JobView plan) {
    var plannedAt = plan.finalizedAt();
    if (plan.status() != JobStatus.COMPLETED || plannedAt == null) {
      throw conflict("The dry run has no plan, as it is " + plan.status().word().replace('_', ' '));
    }
    if (isTooOld(plannedAt)) {
      throw conflict("The plan is older than 24 hours: plan anew, with another dry run");
    }
  }

  private boolean isTooOld(Instant plannedAt) {
    return clock.instant().isAfter(plannedAt.plus(LONGEST_AGE));
  }

  private static void requireReason(JobView plan, long targets, JobTerms terms) {
    var reason = terms.reason();
    if ((targets > 1 || plan.origin().filter() != null) && (reason == null || reason.isBlank())) {
      throw ApiException.bad(
          Errcode.M_MISSING_PARAM, "'reason' is missing: a job of many must say why it is done");
    }
  }

  private JobRequest request(JobView plan, JobTerms terms, Call call) {
    return new JobRequest(
        JobParameters.parse(kinds.require(plan.kind()), plan.parameters()),
        plans.targets(plan.id()),
        call.caller().requester(),
        call.caller().actingUser(),
        terms,
        JobOrigin.plan(plan.id()),
        false,
        null);
  }

  /**
   * What the targets mean was fixed with the dry run, if it had few targets and a list of them. If
   * not, it is fixed now or by a stage, as for any job.
   */
  private Acceptance store(JobRequest request, JobView plan, Caller caller) {
    boolean isFixed =
        plan.origin().filter() == null
            && plan.targetCount() <= KindContract.MOST_TARGETS_IN_SNAPSHOT;
    return isFixed ? submission.repeat(request, caller) : submission.submit(request, caller);
  }

  /** The terms of a body; what it does not say is as in the dry run, but for the start. */
  private JobTerms terms(ObjectNode body, JobTerms planned) {
    BodyKeys.refuseOthers(body, KEYS, "is not a key of a run");
    return RepeatedTerms.of(body, planned, clock.instant());
  }

  private static ApiException conflict(String text) {
    return new ApiException(409, Errcode.M_UNKNOWN, text);
  }
}
