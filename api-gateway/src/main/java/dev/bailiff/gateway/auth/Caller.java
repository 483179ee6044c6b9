package dev.bailiff.gateway.auth;

import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param requester what is kept as the requester of jobs: a user id, or {@code token:<name>} of an
 *     operator token
 * @param account the user that the token acts as; empty for operator tokens
 * @param actingUser the user written down as having acted on the homeserver
 * @param session empty for operator tokens
 */
public record Caller(
    String requester, Optional<String> account, String actingUser, Optional<Session> session) {

  /** Stands in where no token is asked for. */
  static final Caller NOBODY = new Caller("", Optional.empty(), "", Optional.empty());

  /** Whether this is the user whom the token acts as. */
  public boolean is(String userId) {
    return account.filter(userId::equals).isPresent();
  }
}
