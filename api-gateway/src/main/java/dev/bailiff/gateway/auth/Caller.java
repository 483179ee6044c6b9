package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorToken;
import dev.bailiff.gateway.auth.rights.Rights;
import java.util.Optional;

/**
 * The caller of a call.
 *
 * @param requester the requester that is stored with jobs: a user id, or {@code token:<name>} for
 *     an operator token
 * @param account the user that the token acts as; empty for operator tokens
 * @param actingUser the user that the homeserver records as the actor
 * @param session empty for operator tokens
 * @param rights what the caller may
 * @param token the operator token of the call; empty for a user's own
 */
public record Caller(
    String requester,
    Optional<String> account,
    String actingUser,
    Optional<Session> session,
    Rights rights,
    Optional<OperatorToken> token) {

  /** The caller where no token is needed. */
  static final Caller NOBODY =
      new Caller("", Optional.empty(), "", Optional.empty(), Rights.ALL, Optional.empty());

  /** Whether this is the user whom the token acts as. */
  public boolean is(String userId) {
    return account.filter(userId::equals).isPresent();
  }
}
