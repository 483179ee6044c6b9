package dev.bailiff.access;

import org.jspecify.annotations.Nullable;

/**
 * A token that is to be made.
 *
 * @param madeBy who asks for it over HTTP; null on the server's machine
 */
public record NewToken(String name, String description, TokenTerms terms, @Nullable String madeBy) {

  /** A token with every scope and without bounds. */
  public static NewToken unbounded(String name) {
    return new NewToken(name, "", TokenTerms.UNBOUNDED, null);
  }
}
