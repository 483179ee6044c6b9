package dev.bailiff.homeserver.synapse;

import java.net.URI;

/** The rules for the address of a Synapse. */
final class SynapseUrls {
  private SynapseUrls() {}

  /**
   * Requires an address that consists of scheme, host and port. The message of a refusal does not
   * repeat the address, because a password may be in it.
   *
   * @throws IllegalArgumentException if it is another address
   */
  static void require(URI url) {
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      throw new IllegalArgumentException(
          "the address of Synapse has a user or password in it: put the token of a server admin"
              + " into a file, and take them out of the address");
    }
    if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())
        || url.getHost() == null) {
      throw new IllegalArgumentException(
          "the address of Synapse must look like http://127.0.0.1:8008 or https://matrix.example");
    }
    var path = url.getRawPath();
    if (!path.isEmpty() && !path.equals("/")
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the address of Synapse must end behind host and port, as paths are appended to it");
    }
  }
}
