package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.PathSegment;
import dev.bailiff.homeserver.store.session.Connections;
import dev.bailiff.schemas.api.session.WhoisReply;
import dev.bailiff.schemas.api.session.WhoisReply.WhoisConnection;
import dev.bailiff.schemas.api.session.WhoisReply.WhoisDevice;
import dev.bailiff.schemas.api.session.WhoisReply.WhoisSession;
import java.util.List;
import java.util.Map;

/** Reads the addresses from which a user was seen, for all paths of the call (admin-api 4.5). */
record Whois(LocalUsers users, Connections connections) {

  /** Shows one device without a name, with one session: the API offers nothing more. */
  WhoisReply of(PathSegment id) {
    var user = users.local(id, "Can only whois a local user").value();
    var seen =
        connections.recent(user).stream()
            .map(at -> new WhoisConnection(at.ip(), at.lastSeenAt(), at.userAgent()))
            .toList();
    return new WhoisReply(user, Map.of("", new WhoisDevice(List.of(new WhoisSession(seen)))));
  }
}
