package dev.bailiff.gateway.auth.rights;

import dev.bailiff.access.Scope;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import java.util.Arrays;

/**
 * What server admins may with their tokens of the homeserver; by the configuration.
 *
 * @param ownApi whether they may use Bailiff's own API
 * @param tokens whether they may list, make and revoke tokens of Bailiff's own
 */
public record AdminRights(boolean ownApi, boolean tokens) {
  private static final String OWN_PATHS = "_bailiff/";

  /**
   * @param path without the slash at its beginning
   * @throws ApiException 403
   */
  public void require(Needs needs, String path) {
    if (!ownApi && path.startsWith(OWN_PATHS)) {
      throw forbidden("Server admins may not use this API here: it needs a token of Bailiff's own");
    }
    if (!tokens && Arrays.asList(needs.value()).contains(Scope.TOKENS_ADMIN)) {
      throw forbidden("Server admins may not make tokens here");
    }
  }

  private static ApiException forbidden(String text) {
    return new ApiException(403, Errcode.M_FORBIDDEN, text);
  }
}
