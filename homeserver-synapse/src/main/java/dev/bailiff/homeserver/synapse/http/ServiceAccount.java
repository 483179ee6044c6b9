package dev.bailiff.homeserver.synapse.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls with one credential. {@link SynapseClient} names the errors.
 *
 * @param token the credential of every call
 */
public record ServiceAccount(SynapseClient client, ServiceToken token) {

  /** Asks Synapse's database for nothing in particular. */
  private static final ApiPath ALIVE =
      ApiPath.of("/_synapse/admin/v1/scheduled_tasks")
          .with("action_name", "purge_history")
          .with("resource_id", "!bailiff");

  /** Reads, {@link #orAway}. */
  public Answer get(ApiPath path) {
    return orAway(() -> client.send(ApiCall.get(path), token));
  }

  /**
   * Makes a call that may be repeated, for a caller that has no item to try again. A rate limit,
   * and an error of a server that cannot answer anything else either, mean that the homeserver is
   * away: the work is not at fault.
   */
  public Answer orAway(Supplier<Answer> call) {
    Answer answer;
    try {
      answer = call.get();
    } catch (RateLimitedException e) {
      throw new HomeserverUnavailableException("Synapse limits the rate", e, e.retryAfter());
    } catch (NoAnswerException e) {
      requireAlive();
      throw e;
    }
    if (answer.isServerError()) {
      requireAlive();
    }
    return answer;
  }

  /**
   * Tells an error of one call from an error of the whole server, for example when its database is
   * away.
   *
   * @throws HomeserverUnavailableException if Synapse cannot answer a simple question
   */
  public void requireAlive() {
    try {
      var answer = client.send(ApiCall.get(ALIVE), token);
      if (answer.isServerError()) {
        throw new HomeserverUnavailableException(
            "Synapse answers " + answer.status() + " to everything", null, null);
      }
    } catch (RateLimitedException | NoAnswerException e) {
      throw new HomeserverUnavailableException("Synapse does not answer", e);
    }
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
