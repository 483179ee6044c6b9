package dev.bailiff.gateway.job.approval;

import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.job.JobRequest;

/** What is asked of a request before it becomes a job. */
public interface ApprovalRule {

  /** No request needs an approval. */
  ApprovalRule NONE = (request, caller) -> request;

  /**
   * The same request, with the terms on which it needs an approval.
   *
   * @throws dev.bailiff.gateway.error.ApiException 403 if it needs one that nobody else could give
   */
  JobRequest apply(JobRequest request, Caller caller);
}
