package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorToken;
import dev.bailiff.gateway.auth.rights.Rights;
import java.util.HexFormat;
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
 * @param tokenId id of a token of Bailiff's own, or the begin of another one's digest; for the
 *     audit
 */
public record Caller(
    String requester,
    Optional<String> account,
    String actingUser,
    Optional<Session> session,
    Rights rights,
    Optional<OperatorToken> token,
    String tokenId) {
  private static final int SHOWN_DIGITS = 16;

  /** The caller where no token is needed. */
  static final Caller NOBODY =
      new Caller("", Optional.empty(), "", Optional.empty(), Rights.ALL, Optional.empty(), "");

  /** A token of the homeserver as the audit names it: the begin of its digest. */
  public static String digest(byte[] sha256) {
    return "sha256:" + HexFormat.of().formatHex(sha256).substring(0, SHOWN_DIGITS);
  }

  /** Whether this is the user whom the token acts as. */
  public boolean is(String userId) {
    return account.filter(userId::equals).isPresent();
  }
}
