package dev.bailiff.gateway.job.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.job.KindContracts;
import dev.bailiff.schemas.kind.KindContract;

/** Reads the key {@code kind} of a body. */
public final class SubmittedKind {
  private SubmittedKind() {}

  /**
   * The kind that a body names.
   *
   * @throws ApiException 400
   */
  public static KindContract read(ObjectNode body, KindContracts kinds) {
    var kind = body.get("kind");
    if (kind == null) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "'kind' is missing");
    }
    if (!kind.isTextual()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'kind' must be a string");
    }
    return kinds
        .find(kind.textValue())
        .orElseThrow(
            () -> ApiException.bad(Errcode.M_INVALID_PARAM, "'kind' names no kind of job"));
  }
}
