package dev.bailiff.gateway.auth;

import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.net.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/**
 * Bounds the logins that come from one address, and those that name one account wherever they come
 * from: a burst, then one each interval. Guesses should be slow. Counts in this process only.
 *
 * <p>That anybody can keep an account from logging in by guessing is the price (Synapse pays it as
 * well); who is logged in does not notice.
 *
 * <p><b>Concurrency:</b> thread-safe.
 */
public final class LoginLimiter {
  private final RateLimit byNetwork;
  private final RateLimit byAccount;

  public LoginLimiter(Clock clock, int burst, Duration interval) {
    this.byNetwork = new RateLimit(clock, burst, interval);
    this.byAccount = new RateLimit(clock, burst, interval);
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
   * Counts a login to an account, known or not.
   *
   * @param name as the client gave it; letter case makes no difference
   * @throws ApiException 429 {@code M_LIMIT_EXCEEDED}
   */
  public void admitTo(String name) {
    refuseIfEarly(byAccount.take(name.toLowerCase(Locale.ROOT)));
  }

  private static void refuseIfEarly(long millis) {
    if (millis > 0) {
      throw new ApiException(429, Errcode.M_LIMIT_EXCEEDED, "Too many logins")
          .with("retry_after_ms", millis);
    }
  }
}
