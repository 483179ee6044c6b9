package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.secret.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Bounds the logins that come from one address, and those to one name wherever they come from: a
 * burst, then one each interval. Guesses should be slow. Counts in this process only.
 *
 * <p>That anybody can keep an account from logging in by guessing is the price (Synapse pays it as
 * well); who is logged in does not notice.
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
   * @param name what the client called the user; never what the store made of it, or whether this
   *     refuses would tell whom an address belongs to. Letter case makes no difference
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
