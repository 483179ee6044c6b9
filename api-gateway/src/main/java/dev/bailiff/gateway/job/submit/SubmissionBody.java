package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.job.upload.ArrivingTargets;
import dev.bailiff.gateway.job.upload.SubmittedBody;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobTerms;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.secret.Sha256;
import java.util.Set;

/**
 * The checked request of {@code POST /_bailiff/v1/jobs}, without its targets.
 *
 * @param parameters valid by the kind's JSON Schema, with the JSON of the client
 * @param terms how the job is to be worked
 * @param force whether guard rails that can be overridden do not hold for its targets
 */
public record SubmissionBody(JobParameters parameters, JobTerms terms, boolean force) {
  /** The sort of job that needs a reason for the number of its targets. */
  static final String OF_MANY_TARGETS = "of more than one target";

  private static final String TARGETS = "targets";
  private static final String FILTER = "filter";
  private static final String FORCE = "force";

  private static final Set<String> KEYS = Set.of("kind", TARGETS, FILTER, "parameters", FORCE);

  /**
   * Checks a request.
   *
   * @throws ApiException 400
   */
  static SubmissionBody parse(ObjectNode body, KindContracts kinds, ParameterSchemas schemas) {
    refuseKeys(body);
    var contract = SubmittedKind.read(body, kinds);
    return new SubmissionBody(
        parameters(body, contract, schemas),
        SubmittedTerms.read(body),
        BodyKeys.bool(body, FORCE, false, Errcode.M_BAD_JSON));
  }

  /**
   * Checks a request whose body has been read to its end, and its targets.
   *
   * @throws ApiException 400
   */
  static SubmissionBody parse(
      SubmittedBody body, ArrivingTargets targets, KindContracts kinds, ParameterSchemas schemas) {
    var request = body.request().orElseThrow();
    var parsed = parse(request, kinds, schemas);
    if (request.hasNonNull(FILTER)) {
      throw bothNamed();
    }
    if (request.has(TARGETS)) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'targets' must be a list of ids");
    }
    if (!body.hasTargets()) {
      throw missing(TARGETS);
    }
    targets.refuseOthers(parsed.contract().targetType());
    if (targets.kept().isEmpty()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'targets' must not be empty");
    }
    parsed
        .contract()
        .problem(targets.examples(), parsed.parameters().values())
        .ifPresent(
            problem -> {
              throw ApiException.bad(Errcode.M_INVALID_PARAM, problem);
            });
    if (targets.kept().size() > 1) {
      parsed.requireReason(OF_MANY_TARGETS);
    }
    return parsed;
  }

  /** What gateways and workers know of the kind. */
  KindContract contract() {
    return parameters.contract();
  }

  /**
   * Refuses a job that may do much and does not say why.
   *
   * @param sort the sort of job that needs a reason, in words
   * @throws ApiException 400 {@code M_MISSING_PARAM}
   */
  void requireReason(String sort) {
    var reason = terms.reason();
    if (!terms.dryRun() && (reason == null || reason.isBlank())) {
      throw ApiException.bad(
          Errcode.M_MISSING_PARAM,
          "'reason' is missing: a job " + sort + " must say why it is done");
    }
  }

  /**
   * Identifies the request by its meaning.
   *
   * @param targets the targets, or what they are found by
   */
  byte[] digest(String targets) {
    return Sha256.of(
        String.join(
            "\n",
            contract().kind(),
            targets,
            parameters.json().toString(),
            // Requests without it have the digest of earlier releases.
            force ? terms + "force" : terms.toString()));
  }

  /**
   * Checks a body whose targets a filter finds. The filter itself is left to {@link
   * FilterRequests}.
   *
   * @throws ApiException 400
   */
  static SubmissionBody parseFiltered(
      ObjectNode body, boolean hasTargets, KindContracts kinds, ParameterSchemas schemas) {
    refuseKeys(body);
    if (hasTargets || body.hasNonNull(TARGETS)) {
      throw bothNamed();
    }
    var contract = SubmittedKind.read(body, kinds);
    var parameters = parameters(body, contract, schemas);
    contract
        .problemWithFilter(parameters.values())
        .ifPresent(
            problem -> {
              throw ApiException.bad(Errcode.M_INVALID_PARAM, problem);
            });
    if (BodyKeys.bool(body, FORCE, false, Errcode.M_BAD_JSON)) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM,
          "'force' is for named targets: what a filter finds is never forced");
    }
    return new SubmissionBody(parameters, SubmittedTerms.read(body), false);
  }

  private static ApiException bothNamed() {
    return ApiException.bad(
        Errcode.M_INVALID_PARAM, "There must be one of 'targets' and 'filter', not both");
  }

  private static void refuseKeys(ObjectNode body) {
    for (var names = body.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!KEYS.contains(name) && !SubmittedTerms.KEYS.contains(name)) {
        throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + name + "' is not a key of a job");
      }
    }
  }

  private static JobParameters parameters(
      ObjectNode body, KindContract contract, ParameterSchemas schemas) {
    var given = body.path("parameters");
    var parameters =
        given.isMissingNode() || given.isNull() ? JsonNodeFactory.instance.objectNode() : given;
    if (!parameters.isObject()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'parameters' must be an object");
    }
    schemas
        .problem(contract, parameters)
        .ifPresent(
            problem -> {
              throw ApiException.bad(Errcode.M_INVALID_PARAM, problem);
            });
    StorableText.requireAll(parameters);
    try {
      return JobParameters.parse(contract, parameters);
    } catch (IllegalArgumentException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "'parameters' holds a number that is out of range");
    }
  }

  private static JsonNode present(ObjectNode body, String key) {
    var value = body.get(key);
    if (value == null) {
      throw missing(key);
    }
    return value;
  }

  private static ApiException missing(String key) {
    return ApiException.bad(Errcode.M_MISSING_PARAM, "'" + key + "' is missing");
  }
}
