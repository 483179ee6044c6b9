package dev.bailiff.homeserver.store.session;

import java.util.stream.Stream;

/** Shows the statements of this package to tests of others. */
public final class AccessStatements {

  private AccessStatements() {}

  /** Those of whois and logout, and what forgets connections and tokens. */
  public static Stream<String> all() {
    return Stream.of(
        Connections.RECENT,
        Connections.FORGET_OLD,
        AccessTokens.DELETE,
        AccessTokens.DELETE_OWNED,
        AccessTokens.FORGET_EXPIRED);
  }
}
