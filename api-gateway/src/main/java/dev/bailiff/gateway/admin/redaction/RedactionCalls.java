package dev.bailiff.gateway.admin.redaction;

import dev.bailiff.gateway.job.submit.JobSubmission;
import dev.bailiff.gateway.route.ApiModule;
import dev.bailiff.job.store.JobPartReader;
import dev.bailiff.job.store.JobReader;
import java.util.List;

/**
 * Redactions of the events that users sent, and their status.
 *
 * @param completed the word for a completed job
 */
public record RedactionCalls(
    JobSubmission submission, JobReader jobs, JobPartReader parts, String completed)
    implements ApiModule {

  @Override
  public List<Object> resources() {
    return List.of(new UserRedactionResource(submission, jobs, parts, completed));
  }
}
