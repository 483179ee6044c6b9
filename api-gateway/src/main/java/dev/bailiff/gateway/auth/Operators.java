package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorToken;
import dev.bailiff.access.OperatorTokens;
import dev.bailiff.gateway.auth.rights.Rights;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.secret.ClientAddress;
import java.util.Optional;

/**
 * The callers with an operator token. They have no account and act as the user that the gateway
 * names for them.
 */
public final class Operators {
  private final OperatorTokens tokens;
  private final LocalServer localServer;
  private final KnownOperators known = new KnownOperators();

  public Operators(OperatorTokens tokens, LocalServer localServer) {
    this.tokens = tokens;
    this.localServer = localServer;
  }

  /** Whether the token was recently found among the operators' tokens. */
  boolean isKnown(byte[] sha256) {
    return known.contains(sha256);
  }

  /** The operator with this token; empty if it is none or was revoked. */
  public Optional<Caller> find(byte[] sha256, Authenticator.Origin origin) {
    return tokens
        .find(sha256, origin.ip())
        .map(
            token -> {
              known.add(sha256);
              return caller(token, origin);
            });
  }

  /**
   * @throws ApiException 403 if the token may not be used from there
   */
  private Caller caller(OperatorToken token, Authenticator.Origin origin) {
    var address = ClientAddress.of(origin.ip()).literal();
    if (!token.terms().allowsAddress(address)) {
      throw new ApiException(
          403, Errcode.M_FORBIDDEN, "This token may not be used from " + address);
    }
    return new Caller(
        "token:" + token.name(),
        Optional.empty(),
        localServer.operator(),
        Optional.empty(),
        new Rights(token.terms(), token.id()),
        Optional.of(token),
        token.id());
  }
}
