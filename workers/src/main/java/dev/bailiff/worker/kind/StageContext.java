package dev.bailiff.worker.kind;

import dev.bailiff.job.JobId;
import dev.bailiff.job.Segment;

/**
 * The job that a stage works for, its parameters, and the deadline of one call.
 *
 * @param parameters the kind's record
 * @param deadline time at which the call has to return
 */
public record StageContext(Segment.JobFacts job, Record parameters, Deadline deadline) {

  /** Id of the job. */
  public JobId id() {
    return job.id();
  }

  /** The parameters as the record that the kind's contract names. */
  public <T extends Record> T parametersAs(Class<T> type) {
    return type.cast(parameters);
  }
}
