package dev.bailiff.gateway.proxy;

import java.net.URI;

/**
 * The homeserver that requests are passed to.
 *
 * @param url scheme, host and port; a path could not be kept apart from the paths of requests
 * @param config how requests are passed
 */
public record Upstream(URI url, PassThroughConfig config) {

  public Upstream {
    boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    boolean hasPath =
        url.getRawPath() != null && !url.getRawPath().isEmpty() && !url.getRawPath().equals("/");
    if (!isHttp
        || url.getHost() == null
        || hasPath
        || url.getRawQuery() != null
        || url.getRawFragment() != null
        || url.getRawUserInfo() != null) {
      // The URL itself may hold a password.
      throw new IllegalArgumentException(
          "The URL of the homeserver must be http:// or https://, a host and perhaps a port,"
              + " without user, path and query");
    }
  }
}
