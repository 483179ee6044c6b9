package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.secret.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Bounds the logins from one address, and the logins to one name from all addresses: a burst, then
 * one login per interval. This makes guessing slow. Counts in this process only.
 *
 * <p>The price is that anybody can keep an account from logging in by guessing its password, as in
 * Synapse. A user who is logged in does not notice.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class LoginLimiter {
  private final RateLimit byNetwork;
  private final RateLimit byName;

  public LoginLimiter(Clock clock, int burst, Duration interval) {
    this.byNetwork = new RateLimit(clock, burst, interval);
    this.byName = new RateLimit(clock, burst, interval);
  }

  /**
   * Counts a login from an address.
   *
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED}
   */
  public void admitFrom(String address) {
    refuseIfEarly(byNetwork.take(ClientAddress.of(address).network()));
  }

  /**
   * Counts a login to a name, known or not.
   *
   * @param name the name that the client sent, never the stored user: otherwise a refusal would
   *     reveal the owner of an address. Letter case makes no difference
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED}
   */
  public void admitTo(String name) {
    refuseIfEarly(byName.take(name.toLowerCase(Locale.ROOT)));
  }

  private static void refuseIfEarly(long millis) {
    if (millis > 0) {
      throw new ApiException(429, Errcode.M_LIMIT_EXCEEDED, "Too many logins")
          .with("retry_after_ms", millis);
    }
  }
}
