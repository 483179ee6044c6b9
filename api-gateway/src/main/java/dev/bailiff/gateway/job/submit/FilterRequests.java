package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests whose targets a filter finds, once the job has begun. */
final class FilterRequests {
  private static final String FILTER = "filter";

  private final KindContracts kinds;
  private final ParameterSchemas schemas;
  private final Admission admission;
  private final Filters filters;
  private final int mostTargets;

  /**
   * @param mostTargets how many targets a job may have
   */
  FilterRequests(
      KindContracts kinds,
      ParameterSchemas schemas,
      Admission admission,
      Filters filters,
      int mostTargets) {
    this.kinds = kinds;
    this.schemas = schemas;
    this.admission = admission;
    this.filters = filters;
    this.mostTargets = mostTargets;
  }

  /** Whether a body is for this class. */
  static boolean hasFilter(ObjectNode body) {
    return body.hasNonNull(FILTER);
  }

  /**
   * The request of a body. Its filter is stored with the moments that it means now.
   *
   * @param hasTargets whether the request also names targets
   * @param key of the client; null if it gave none
   * @throws ApiException 400
   */
  JobRequest request(Caller caller, ObjectNode body, boolean hasTargets, @Nullable String key) {
    var parsed = SubmissionBody.parseFiltered(body, hasTargets, kinds, schemas);
    admission.check(parsed.parameters());
    var filter = filters.read(parsed.parameters().contract(), body.path(FILTER));
    parsed.requireReason("with a filter");
    caller.rights().requireSubmission(parsed.parameters().contract().kind());
    caller.rights().requireAnyTarget();
    return new JobRequest(
        parsed.parameters(),
        TargetSource.of(List.of()),
        caller.requester(),
        caller.actingUser(),
        parsed.terms().from(filters.clock().instant()),
        JobOrigin.filter(filter.json(), caller.rights().mostTargets(mostTargets)),
        false,
        // Of the filter as the client wrote it: -24h means another moment when it comes again.
        key == null ? null : new IdempotencyKey(key, parsed.digest(body.path(FILTER).toString())));
  }
}
