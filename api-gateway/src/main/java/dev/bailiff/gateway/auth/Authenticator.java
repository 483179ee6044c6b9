package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom a token stands for and whether a call is for them.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public interface Authenticator {

  /** The address and the user agent of a request. */
  record Origin(String ip, String userAgent) {}

  /**
   * The caller that a token stands for, if the call is for them.
   *
   * @param self the user whom the path names, for {@link Audience#ADMINS_AND_SELF}
   * @throws ApiException 401 or 403
   */
  Caller admit(byte[] token, Audience audience, @Nullable String self, Origin origin);
}
