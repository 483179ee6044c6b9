package dev.bailiff.gateway.job.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request in a body whose targets follow it. */
final class SubmittedRequest {
  private static final List<String> IN_THE_REQUEST = List.of("targets", "filter");

  private SubmittedRequest() {}

  /**
   * Checks that a value is a request without targets.
   *
   * @param value null if there is none
   */
  static ObjectNode of(@Nullable JsonNode value) {
    if (value == null || value.isMissingNode()) {
      throw ApiException.bad(Errcode.M_NOT_JSON, "The body is empty");
    }
    if (!(value instanceof ObjectNode request)) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "The request must be a JSON object");
    }
    for (var key : IN_THE_REQUEST) {
      if (request.hasNonNull(key)) {
        throw ApiException.bad(
            Errcode.M_INVALID_PARAM, "'" + key + "' is not for a request whose targets follow it");
      }
    }
    return request;
  }
}
