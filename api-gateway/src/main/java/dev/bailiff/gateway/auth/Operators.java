package dev.bailiff.gateway.auth;

import dev.bailiff.access.OperatorTokens;
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
  public Optional<Caller> find(byte[] sha256) {
    return tokens
        .find(sha256)
        .map(
            name -> {
              known.add(sha256);
              return new Caller(
                  "token:" + name, Optional.empty(), localServer.operator(), Optional.empty());
            });
  }
}
