package dev.bailiff.worker.kind;

import dev.bailiff.job.JobId;
import dev.bailiff.job.Segment;

/**
 * The job a stage works for.
 *
 * @param parameters the kind's record
 */
public record StageContext(Segment.JobFacts job, Record parameters) {

  /** Id of the job. */
  public JobId id() {
    return job.id();
  }

  /** The parameters as the record that the kind's contract names. */
  public <T extends Record> T parametersAs(Class<T> type) {
    return type.cast(parameters);
  }
}
