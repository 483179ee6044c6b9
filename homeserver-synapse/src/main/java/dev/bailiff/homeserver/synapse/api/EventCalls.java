package dev.bailiff.homeserver.synapse.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls about one event. */
public record EventCalls(ServiceAccount account) {

  /** An event with its depth; empty for an unknown one (admin-api 5.42). */
  public Optional<JsonNode> event(String id) {
    var answer = account.get(ApiPath.of("/_synapse/admin/v1/fetch_event/{}", id));
    return answer.isNotFound() || answer.status() == 400
        ? Optional.empty()
        : Optional.of(answer.orThrow().path("event"));
  }

  /**
   * Redacts an event as its user, which needs an application service.
   *
   * @param transaction makes Synapse ignore a repetition, as long as it remembers it
   * @param sender the user who redacts
   * @param reason null for none
   */
  public static Answer redact(
      ServiceAccount appservice,
      String room,
      String event,
      String transaction,
      String sender,
      @Nullable String reason) {
    var body = ServiceAccount.parameters();
    if (reason != null && !reason.isEmpty()) {
      body.put("reason", reason);
    }
    return appservice.send(
        "PUT",
        ApiPath.of("/_matrix/client/v3/rooms/{}/redact/{}/{}", room, event, transaction)
            .with("user_id", sender),
        body);
  }
}
