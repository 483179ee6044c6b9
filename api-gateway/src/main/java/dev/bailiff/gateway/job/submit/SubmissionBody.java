package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.RoomId;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.request.StorableTime;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.KindContracts;
import dev.bailiff.job.TargetOrder;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.schemas.kind.TargetType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The checked body of {@code POST /_bailiff/v1/jobs}.
 *
 * @param parameters valid by the kind's JSON Schema, with the JSON of the client
 * @param targets distinct, in {@link TargetOrder}, so that a repetition has the same digest
 */
public record SubmissionBody(
    JobParameters parameters,
    List<String> targets,
    @Nullable String reason,
    @Nullable JobPace pace,
    @Nullable Instant runAt) {

  private static final Set<String> KEYS =
      Set.of("kind", "targets", "parameters", "reason", "pace", "run_at");

  /**
   * Keys that the design promises and that are not built yet. A job that ignored one of them would
   * do more, or do it sooner, than the client asked.
   */
  private static final List<String> NOT_YET = List.of("filter", "priority", "dry_run");

  /**
   * Checks a body.
   *
   * @throws ApiException 400
   */
  public static SubmissionBody parse(
      ObjectNode body, KindContracts kinds, ParameterSchemas schemas) {
    refuseKeys(body);
    var contract = kind(body, kinds);
    var targets = targets(body, contract.targetType());
    var parameters = parameters(body, contract, schemas);
    contract
        .problem(targets, parameters.values())
        .ifPresent(
            problem -> {
              throw ApiException.bad(Errcode.M_INVALID_PARAM, problem);
            });
    return new SubmissionBody(parameters, targets, text(body, "reason"), pace(body), runAt(body));
  }

  private static void refuseKeys(ObjectNode body) {
    for (var names = body.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (NOT_YET.contains(name)) {
        var value = body.path(name);
        if (!value.isNull() && !(value.isBoolean() && !value.booleanValue())) {
          throw ApiException.bad(
              Errcode.M_INVALID_PARAM, "'" + name + "' is not supported by this release");
        }
      } else if (!KEYS.contains(name)) {
        throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + name + "' is not a key of a job");
      }
    }
  }

  private static KindContract kind(ObjectNode body, KindContracts kinds) {
    var kind = present(body, "kind");
    if (!kind.isTextual()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'kind' must be a string");
    }
    return kinds
        .find(kind.textValue())
        .orElseThrow(
            () -> ApiException.bad(Errcode.M_INVALID_PARAM, "'kind' names no kind of job"));
  }

  private static List<String> targets(ObjectNode body, TargetType type) {
    var list = present(body, "targets");
    if (!list.isArray()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'targets' must be a list of ids");
    }
    var distinct = new TreeSet<>(TargetOrder::compare);
    for (JsonNode target : list) {
      if (!target.isTextual()) {
        throw ApiException.bad(Errcode.M_BAD_JSON, "'targets' must be a list of ids");
      }
      distinct.add(checked(target.textValue(), type));
    }
    if (distinct.isEmpty()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'targets' must not be empty");
    }
    return List.copyOf(distinct);
  }

  private static String checked(String target, TargetType type) {
    switch (type) {
      case USER -> UserId.parseTarget(target);
      case ROOM -> {
        if (!RoomId.isLegal(target)) {
          throw ApiException.bad(Errcode.M_INVALID_PARAM, target + " is not a legal room ID");
        }
      }
      case MEDIA -> {
        if (DeleteMediaContract.isUser(target)) {
          UserId.parseTarget(target);
        } else if (!target.equals(DeleteMediaContract.ALL) && !MediaId.isValid(target)) {
          throw ApiException.bad(
              Errcode.M_INVALID_PARAM, target + " is neither a media ID nor a user ID nor '*'");
        }
      }
    }
    return target;
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

  private static @Nullable JobPace pace(ObjectNode body) {
    var word = text(body, "pace");
    return word == null
        ? null
        : JobPace.of(word)
            .orElseThrow(
                () ->
                    ApiException.bad(Errcode.M_INVALID_PARAM, "'pace' must be 'fast' or 'gentle'"));
  }

  private static @Nullable Instant runAt(ObjectNode body) {
    var text = text(body, "run_at");
    if (text == null) {
      return null;
    }
    try {
      return StorableTime.parse(text);
    } catch (DateTimeParseException e) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "'run_at' must look like 2026-11-23T08:00:00Z");
    }
  }

  private static @Nullable String text(ObjectNode body, String key) {
    var value = body.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'" + key + "' must be a string");
    }
    return StorableText.require(value.textValue());
  }

  private static JsonNode present(ObjectNode body, String key) {
    var value = body.get(key);
    if (value == null) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "'" + key + "' is missing");
    }
    return value;
  }
}
