package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.guard.ForcedJobs;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.JobStatus;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.JobView;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.JobChanges;
import dev.bailiff.schemas.kind.KindContract;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Makes a job of what an earlier job left over. Its kind and parameters are those of the earlier
 * job, and so is the meaning of its targets.
 */
public final class JobRepetition {
  private static final Set<String> KEYS =
      Set.of("reason", "reference", "run_at", "priority", "max_rate", "pace");

  private static final Set<String> FINDING = Set.of(KindContract.RESOLVE, KindContract.FIND);

  private final KindContracts kinds;
  private final JobSubmission submission;
  private final JobChanges jobs;
  private final ForcedJobs forced;
  private final Clock clock;

  public JobRepetition(
      KindContracts kinds,
      JobSubmission submission,
      JobChanges jobs,
      ForcedJobs forced,
      Clock clock) {
    this.forced = forced;
    this.kinds = kinds;
    this.submission = submission;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * The retry of a job: one job of the targets that failed or of which something is left. A second
   * call gives the same retry.
   *
   * @throws ApiException 409 if the job has not ended, or left nothing over
   */
  public Submitted retry(JobView job, Call call) {
    var terms = terms(call.body().orEmpty(), job.terms());
    if (!job.status().isTerminal()) {
      throw new ApiException(409, Errcode.M_UNKNOWN, "The job has not ended yet");
    }
    if (job.terms().dryRun()) {
      throw new ApiException(409, Errcode.M_UNKNOWN, "A dry run has nothing to retry");
    }
    boolean anew = endedInResolve(job);
    requireRights(job, call, anew);
    forced.requireRight(call.caller(), job.id());
    var request =
        new JobRequest(
            JobParameters.parse(kinds.require(job.kind()), job.parameters()),
            anew ? TargetSource.of(List.of()) : jobs.openTargets(job.id()),
            call.caller().requester(),
            call.caller().actingUser(),
            terms,
            new JobOrigin(anew ? job.origin().filter() : null, job.id(), null),
            false,
            null);
    var limits = submission.limits();
    if (anew) {
      limits.requireCountable(call.caller(), false);
    }
    return Submitted.of(
        limits.within(
            call.caller(),
            () -> RightsOfSubmission.count(request.targets()),
            () -> submission.repeat(request, call.caller())));
  }

  private void requireRights(JobView job, Call call, boolean anew) {
    var rights = call.caller().rights();
    if (anew) {
      rights.requireAnyTarget();
    }
    new RightsOfSubmission(rights)
        .require(job.kind().name(), anew ? TargetSource.of(List.of()) : jobs.openTargets(job.id()));
  }

  /**
   * Whether a job ended before its filter had found all targets. Those that it has are a part, so
   * the retry looks for all of them, with the moments of the first job.
   */
  private static boolean endedInResolve(JobView job) {
    var stages = job.stages();
    return job.origin().filter() != null
        && (stages.isEmpty()
            || job.status() != JobStatus.COMPLETED
                && FINDING.contains(stages.get(stages.size() - 1).name()));
  }

  /** The terms of a body; what it does not say is as in the earlier job, but for the start. */
  private JobTerms terms(ObjectNode body, JobTerms earlier) {
    BodyKeys.refuseOthers(body, KEYS, "is not a key of a retry");
    return RepeatedTerms.of(body, earlier, clock.instant());
  }
}
