package dev.bailiff.gateway.conformance;

import dev.bailiff.gateway.Reply;
import dev.bailiff.testing.homeserver.Community;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The call that creates or modifies a user. */
abstract class UserSaveFixture {
  @RegisterExtension static final CommunityGateway gateway = CommunityGateway.shared();

  static final String USERS = "/_synapse/admin/v2/users/";

  static Reply save(String user, String body) {
    return gateway.admin().put(USERS + user, body);
  }

  static String newId() {
    return Community.user(gateway.newName("saved"));
  }

  static String login(String user, String password) {
    return gateway
        .nobody()
        .post(
            "/_matrix/client/v3/login",
            "{\"type\": \"m.login.password\", \"user\": \"%s\", \"password\": \"%s\"}"
                .formatted(user, password))
        .outcome();
  }
}
