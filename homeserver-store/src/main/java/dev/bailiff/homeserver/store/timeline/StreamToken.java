package dev.bailiff.homeserver.store.timeline;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the history of a room: right after the event of this depth and arrival. The text
 * form is {@code t<depth>-<arrival>}, which clients treat as opaque. Synapse's tokens may have more
 * parts, behind {@code _}, which do not concern the history.
 */
public record StreamToken(long depth, long arrival) {
  /** Before all events. */
  public static final StreamToken START = new StreamToken(Long.MIN_VALUE, Long.MIN_VALUE);

  /** After all events. */
  public static final StreamToken END = new StreamToken(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Pattern TOKEN = Pattern.compile("t(-?[0-9]{1,19})-(-?[0-9]{1,19})(?:_.*)?");

  /** Reads a text that {@link #token} wrote; empty for any other text. */
  public static Optional<StreamToken> parse(String token) {
    Matcher matcher = TOKEN.matcher(token);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StreamToken(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException e) {
      return Optional.empty(); // beyond 64 bits
    }
  }

  /**
   * The text form of this position. The start and the end are written as zero, where no event is.
   */
  public String token() {
    return equals(START) ? "t0-0" : "t" + depth + "-" + arrival;
  }

  /** The position right before this event. */
  StreamToken before() {
    return new StreamToken(depth, arrival - 1);
  }
}
