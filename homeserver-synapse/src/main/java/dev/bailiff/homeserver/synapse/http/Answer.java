package dev.bailiff.homeserver.synapse.http;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Synapse's answer to a call.
 *
 * @param status HTTP status, below 502
 * @param body an empty object if the answer was no JSON
 */
public record Answer(int status, JsonNode body) {

  /** Whether the call was carried out. */
  public boolean isOk() {
    return status / 100 == 2;
  }

  /** Whether the thing that the path names is not there. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** Whether the same call may be answered otherwise in a moment. */
  public boolean isServerError() {
    return status >= 500;
  }

  /** The Matrix error code; {@code M_UNKNOWN} if the answer has none. */
  public String errcode() {
    return body.path("errcode").asText("M_UNKNOWN");
  }

  /** The error's text; empty if the answer has none. */
  public String error() {
    return body.path("error").asText("");
  }

  /**
   * The body of a call that must have been carried out.
   *
   * @throws UnexpectedAnswerException if it was not
   */
  public JsonNode orThrow() {
    if (!isOk()) {
      throw new UnexpectedAnswerException(this);
    }
    return body;
  }
}
