package dev.bailiff.benchmark.stack;

import dev.bailiff.benchmark.data.Community;
import dev.bailiff.benchmark.pause.PauseContract;
import dev.bailiff.benchmark.pause.PauseParameters;
import dev.bailiff.job.JobKind;
import dev.bailiff.job.JobRequest;
import java.util.List;

/** Requests for jobs that change nothing and only pause. */
public final class PauseJobs {
  public static final JobKind KIND = new JobKind(PauseContract.KIND);

  private PauseJobs() {}

  public static JobRequest job(int segments, int batches, int batchMillis) {
    return Community.job(
        KIND.name(),
        List.of(Community.ADMIN),
        new PauseParameters(segments, batches, batchMillis),
        null);
  }
}
