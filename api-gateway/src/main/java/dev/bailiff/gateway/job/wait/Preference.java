package dev.bailiff.gateway.job.wait;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The wishes of a client about waiting, in {@code Prefer} (RFC 7240). Preferences that are unknown
 * or malformed count as absent, as the RFC demands; of a repeated preference the first counts.
 *
 * @param respondAsync whether the client asks not to wait at all
 * @param seconds how long to wait
 */
public record Preference(boolean respondAsync, Optional<Duration> seconds) {
  private static final Pattern SECONDS = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?");

  /** No preferences. */
  public static final Preference NONE = new Preference(false, Optional.empty());

  /** Reads all {@code Prefer} headers of a request. */
  public static Preference parse(List<String> headers) {
    boolean respondAsync = false;
    Optional<Duration> wait = Optional.empty();
    for (String header : headers) {
      for (String preference : header.split(",")) {
        var token = preference.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        var seconds = SECONDS.matcher(token);
        respondAsync |= token.equals("respond-async");
        if (wait.isEmpty() && seconds.matches()) {
          wait = Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group(1))));
        }
      }
    }
    return new Preference(respondAsync, wait);
  }

  /**
   * How long to wait. With {@code respond-async} and a {@code wait}, the RFC allows the server to
   * wait that long before it answers with 202; this gateway does.
   */
  public Duration patience(WaitConfig config) {
    var longest = config.longest().toJavaDuration();
    var asked =
        seconds.orElseGet(() -> respondAsync ? Duration.ZERO : config.duration().toJavaDuration());
    return asked.compareTo(longest) > 0 ? longest : asked;
  }
}
