package dev.bailiff.standalone.client;

import java.net.URI;

/**
 * The address of a Bailiff, and the token for its calls.
 *
 * @param url without a slash at its end
 * @param token sent as bearer token; never logged
 */
public record ApiAddress(URI url, String token) {
  public ApiAddress {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException("'" + url + "' is no address such as http://host:8008");
    }
    if (url.toString().endsWith("/")) {
      url = URI.create(url.toString().replaceAll("/+$", ""));
    }
    if (token.isBlank()) {
      throw new IllegalArgumentException("the token is empty");
    }
  }

  /** Leaves out the token, so that an address may be shown. */
  @Override
  public String toString() {
    return url.toString();
  }
}
