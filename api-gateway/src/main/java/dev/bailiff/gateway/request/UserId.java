package dev.bailiff.gateway.request;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;

/** A user id by its shape: {@code @}, anything, {@code :}, a server name. */
public record UserId(String value) {

  /**
   * Checks the shape.
   *
   * @throws ApiException 400 {@code M_INVALID_PARAM}
   */
  public static UserId parse(String text) {
    if (!text.startsWith("@")) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Expected UserID string to start with '@'");
    }
    if (text.indexOf(':') < 0 || !StorableText.isStorable(text)) {
      throw ApiException.bad(
          Errcode.M_INVALID_PARAM, "Expected UserID of the form '@localname:domain'");
    }
    return new UserId(text);
  }

  /**
   * Checks an id that will be stored and need not be known.
   *
   * @throws ApiException 400 {@code M_INVALID_PARAM}, also for a text that is longer than an id may
   *     be
   */
  public static UserId parseTarget(String text) {
    var user = parse(text);
    if (!StorableText.isShort(text)) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "The user id is too long");
    }
    return user;
  }

  /** Whether {@link #parseTarget} would take this text. */
  public static boolean isTarget(String text) {
    return isOne(text) && StorableText.isShort(text);
  }

  private static boolean isOne(String text) {
    return text.startsWith("@") && text.indexOf(':') >= 0 && StorableText.isStorable(text);
  }

  /** The part between {@code @} and the first colon. */
  public String localpart() {
    return value.substring(1, value.indexOf(':'));
  }

  @Override
  public String toString() {
    return value;
  }
}
