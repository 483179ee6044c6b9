package dev.bailiff.homeserver.store.session;

import java.util.stream.Stream;

/** Gives tests of other packages access to the statements of this package. */
public final class AccessStatements {

  private AccessStatements() {}

  /** The statements of whois and logout, and those that delete old connections and tokens. */
  public static Stream<String> all() {
    return Stream.of(
        Connections.RECENT,
        Connections.FORGET_OLD,
        AccessTokens.DELETE,
        AccessTokens.FORGET_EXPIRED);
  }
}
