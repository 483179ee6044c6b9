package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Caller;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.job.IdempotencyKey;
import dev.bailiff.job.JobOrigin;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetSource;
import dev.bailiff.schemas.kind.KindContract;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests whose targets a filter finds, once the job has begun. */
final class FilterRequests {
  private static final String FILTER = "filter";

  /** The homeserver is asked for each. */
  private static final int MOST_LISTED = KindContract.MOST_TARGETS_IN_SNAPSHOT;

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
    return request(caller, parsed, body.path(FILTER), "with a filter", key);
  }

  /**
   * The request of a body that lists targets, and means others that are found through these.
   *
   * @param condition the key of the condition that finds all
   * @param key of the client; null if it gave none
   * @throws ApiException 400, also if a listed target is not known here
   */
  JobRequest request(
      Caller caller,
      SubmissionBody checked,
      String condition,
      Collection<String> targets,
      @Nullable String key) {
    if (targets.size() > MOST_LISTED) {
      throw tooManyListed();
    }
    var filter = JsonNodeFactory.instance.objectNode();
    targets.forEach(filter.putArray(condition)::add);
    var request = request(caller, checked, filter, "that takes more than its listed targets", key);
    admission.checkListed(checked.parameters(), List.copyOf(targets));
    return request;
  }

  /**
   * Refuses a request of more targets than are kept, if others are found through them.
   *
   * @throws ApiException 400
   */
  static void refuseMany(SubmissionBody checked) {
    if (checked.contract().conditionOfTargets(checked.parameters().values()).isPresent()) {
      throw tooManyListed();
    }
  }

  private static ApiException tooManyListed() {
    return ApiException.bad(
        Errcode.M_INVALID_PARAM,
        "With such parameters, 'targets' may have at most "
            + MOST_LISTED
            + " ids: the others are found through them. Submit several jobs");
  }

  private JobRequest request(
      Caller caller,
      SubmissionBody parsed,
      JsonNode conditions,
      String sort,
      @Nullable String key) {
    var filter = filters.read(parsed.parameters().contract(), conditions);
    parsed.requireReason(sort);
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
        key == null ? null : new IdempotencyKey(key, parsed.digest(conditions.toString())));
  }
}
