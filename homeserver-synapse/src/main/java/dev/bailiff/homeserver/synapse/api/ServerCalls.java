package dev.bailiff.homeserver.synapse.api;

import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import dev.bailiff.homeserver.synapse.http.Answer;
import dev.bailiff.homeserver.synapse.http.ApiCall;
import dev.bailiff.homeserver.synapse.http.ApiPath;
import dev.bailiff.homeserver.synapse.http.ServiceAccount;

/** Calls about the server itself. */
public record ServerCalls(ServiceAccount account) {

  /** The version, such as {@code 1.163.2} (admin-api 5.25). */
  public String version() {
    return account
        .client()
        .send(ApiCall.get(ApiPath.of("/_synapse/admin/v1/server_version")), null)
        .orThrow()
        .path("server_version")
        .asText();
  }

  /** The user id of the service account. */
  public String self() {
    var self = account.get(whoami()).orThrow().path("user_id").asText();
    if (!isUserId(self)) {
      throw new HomeserverUnavailableException(
          "what answers at the address of Synapse names no user: it is no Synapse", null, null);
    }
    return self;
  }

  /** Whether the service account is a server admin. */
  public Answer ownAccount(String self) {
    return account.get(ApiPath.of("/_synapse/admin/v2/users/{}", self));
  }

  /** Makes two calls that are light work for Synapse: one asks its database, one does not. */
  public void lightCalls() {
    account.client().send(ApiCall.get(ApiPath.of("/_matrix/client/versions")), null).orThrow();
    account.get(whoami()).orThrow();
  }

  /** Whether a text has the form of a user id, so that it has a server name. */
  public static boolean isUserId(String text) {
    return text.startsWith("@") && text.indexOf(':') > 1 && text.indexOf(':') < text.length() - 1;
  }

  /** The path that names the owner of a token. */
  public static ApiPath whoami() {
    return ApiPath.of("/_matrix/client/v3/account/whoami");
  }
}
