package dev.bailiff.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a placeholder of a path stands for, decoded; may be empty and may hold any character, {@code
 * /} too. Takes part in JAX-RS matching in a form that has nothing to decode, see {@link
 * RoutingFilter}.
 */
public record PathSegment(String value) {
  private static final String MARK = "~";

  /** Called by JAX-RS with what {@link #encoded()} gave. */
  public static PathSegment fromString(String encoded) {
    return new PathSegment(
        new String(
            Base64.getUrlDecoder().decode(encoded.substring(MARK.length())),
            StandardCharsets.UTF_8));
  }

  /** The form in which JAX-RS sees it: never empty, never equal to a literal segment. */
  public String encoded() {
    return MARK
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether anything stored can be named so: PostgreSQL holds no NUL. */
  public boolean storable() {
    return StorableText.isStorable(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
