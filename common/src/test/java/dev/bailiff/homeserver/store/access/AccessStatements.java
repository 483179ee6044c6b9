package dev.bailiff.homeserver.store.access;

import java.util.stream.Stream;

/** Shows the statements of this package to tests of others. */
public final class AccessStatements {

  private AccessStatements() {}

  /** Those of whois and logout. */
  public static Stream<String> all() {
    return Stream.of(Connections.RECENT, AccessTokens.DELETE, AccessTokens.DELETE_OWNED);
  }
}
