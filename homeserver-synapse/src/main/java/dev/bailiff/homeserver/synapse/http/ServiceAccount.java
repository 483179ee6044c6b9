package dev.bailiff.homeserver.synapse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Calls with one credential. {@link SynapseClient} names the errors.
 *
 * @param token the credential of every call
 */
public record ServiceAccount(SynapseClient client, ServiceToken token) {

  /** Reads. */
  public Answer get(ApiPath path) {
    return client.send(ApiCall.get(path), token);
  }

  /** Changes something. */
  public Answer send(String method, ApiPath path, @Nullable JsonNode body) {
    return client.send(new ApiCall(method, path, body), token);
  }

  /** An empty JSON object, to be filled with a call's parameters. */
  public static ObjectNode parameters() {
    return JsonNodeFactory.instance.objectNode();
  }
}
