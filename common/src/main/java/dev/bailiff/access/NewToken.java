package dev.bailiff.access;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A token that is to be made.
 *
 * @param madeBy who asks for it over HTTP; null on the server's machine
 */
public record NewToken(String name, String description, TokenTerms terms, @Nullable String madeBy) {

  /** Jobs have the name in their requester, {@code token:NAME}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Whether a token may have this name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A token with every scope and without bounds. */
  public static NewToken unbounded(String name) {
    return new NewToken(name, "", TokenTerms.UNBOUNDED, null);
  }
}
