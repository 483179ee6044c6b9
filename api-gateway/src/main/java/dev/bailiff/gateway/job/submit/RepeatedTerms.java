package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.job.JobTerms;
import java.time.Instant;

/** The terms of a job that takes over targets of an earlier job. */
final class RepeatedTerms {
  private RepeatedTerms() {}

  /** The terms of a body; what it does not say is as in the earlier job, but for the start. */
  static JobTerms of(ObjectNode body, JobTerms earlier, Instant now) {
    var given = SubmittedTerms.read(body).from(now);
    return new JobTerms(
        given.reason() == null ? earlier.reason() : given.reason(),
        given.reference() == null ? earlier.reference() : given.reference(),
        given.runAt(),
        body.hasNonNull("priority") ? given.priority() : earlier.priority(),
        body.has("max_rate") ? given.maxRate() : earlier.maxRate(),
        body.has("pace") ? given.pace() : earlier.pace(),
        earlier.stopAfterFailures(),
        false);
  }
}
