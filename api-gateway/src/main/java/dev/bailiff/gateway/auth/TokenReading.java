package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Takes the token out of a request (admin-api 1.2). */
public final class TokenReading {
  private static final String SCHEME = "Bearer ";

  private TokenReading() {}

  /** Whether no token is sent at all. */
  static boolean isAbsent(List<String> authorization, QueryParameters query) {
    return authorization.isEmpty() && query.bytes("access_token").isEmpty();
  }

  /**
   * The token as bytes; may be empty.
   *
   * @throws ApiException 401 {@code M_MISSING_TOKEN}
   */
  public static byte[] token(List<String> authorization, QueryParameters query) {
    var parameter = query.bytes("access_token");
    if (authorization.isEmpty() && parameter.isPresent()) {
      return parameter.get();
    }
    if (authorization.isEmpty()) {
      throw missing("Missing access token");
    }
    if (parameter.isPresent()) {
      throw missing("Mixing Authorization headers and access_token query parameters.");
    }
    if (authorization.size() > 1) {
      throw missing("Too many Authorization headers.");
    }
    var header = authorization.get(0);
    if (!header.startsWith(SCHEME) || header.indexOf(' ', SCHEME.length()) >= 0) {
      throw missing("Invalid Authorization header.");
    }
    return header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
  }

  private static ApiException missing(String text) {
    return new ApiException(401, Errcode.M_MISSING_TOKEN, text);
  }
}
