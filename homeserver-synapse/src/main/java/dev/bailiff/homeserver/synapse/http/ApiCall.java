package dev.bailiff.homeserver.synapse.http;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One call of Synapse's HTTP API.
 *
 * @param body null for none
 */
public record ApiCall(String method, ApiPath path, @Nullable JsonNode body) {

  /** A call that changes nothing. */
  public static ApiCall get(ApiPath path) {
    return new ApiCall("GET", path, null);
  }

  /** Whether the call changes nothing, so that it may be sent again. */
  boolean isRead() {
    return "GET".equals(method);
  }
}
