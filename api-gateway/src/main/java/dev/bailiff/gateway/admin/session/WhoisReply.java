package dev.bailiff.gateway.admin.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.session.Connections;

/** What whois answers, on whichever path (admin-api 4.5). */
record WhoisReply(LocalUsers users, Connections connections) {

  /** One device without a name, with one session: the API has no more to say. */
  ObjectNode of(PathSegment id) {
    var user = users.local(id, "Can only whois a local user").value();
    var body = JsonNodeFactory.instance.objectNode().put("user_id", user);
    var list =
        body.putObject("devices")
            .putObject("")
            .putArray("sessions")
            .addObject()
            .putArray("connections");
    connections
        .recent(user)
        .forEach(
            connection ->
                list.addObject()
                    .put("ip", connection.ip())
                    .put("last_seen", connection.lastSeenAt())
                    .put("user_agent", connection.userAgent()));
    return body;
  }
}
