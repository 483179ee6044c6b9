package dev.bailiff.gateway.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The decoded value of a placeholder in a path. It may be empty and may hold any character, even
 * {@code /}. JAX-RS sees it in a form that has nothing to decode, see {@link RoutingFilter}.
 */
public record PathSegment(String value) {
  private static final String MARK = "~";

  /** Called by JAX-RS with the text of {@link #encoded()}. */
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

  /** Whether a stored object can have this name: PostgreSQL holds no NUL. */
  public boolean storable() {
    return StorableText.isStorable(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
