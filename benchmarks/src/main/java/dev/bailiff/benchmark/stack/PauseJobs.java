package dev.bailiff.benchmark.stack;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.pause.PauseContract;
import dev.bailiff.benchmark.pause.PauseParameters;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import java.util.List;

/** Requests for jobs that change nothing and only pause. */
public final class PauseJobs {
  public static final JobKind KIND = new JobKind(PauseContract.KIND);

  private PauseJobs() {}

  public static JobRequest job(int segments, int batches, int batchMillis) {
    return job(Community.ADMIN, segments, batches, batchMillis);
  }

  /** A job of this requester. */
  public static JobRequest job(String requester, int segments, int batches, int batchMillis) {
    return JobRequest.of(
        JobParameters.of(
            KindContracts.load().require(KIND),
            new PauseParameters(segments, batches, batchMillis)),
        TargetSource.of(List.of(Community.ADMIN)),
        requester);
  }
}
