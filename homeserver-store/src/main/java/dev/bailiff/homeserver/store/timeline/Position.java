package dev.bailiff.homeserver.store.timeline;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the history of a room: behind the event of this depth and arrival. As text {@code
 * t<depth>-<arrival>}, which clients treat as opaque; what other parts of such tokens of Synapse
 * say (behind {@code _}) is about other things than history.
 */
public record Position(long depth, long arrival) {
  /** Before everything. */
  public static final Position START = new Position(Long.MIN_VALUE, Long.MIN_VALUE);

  /** Behind everything. */
  public static final Position END = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Pattern TOKEN = Pattern.compile("t(-?[0-9]{1,19})-(-?[0-9]{1,19})(?:_.*)?");

  /** What {@link #token} wrote; empty for anything else. */
  public static Optional<Position> parse(String token) {
    Matcher matcher = TOKEN.matcher(token);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))));
    } catch (NumberFormatException e) {
      return Optional.empty(); // beyond the 64 bits
    }
  }

  /** The text of this place. The ends of history stand at zero, where no event is. */
  public String token() {
    return equals(START) ? "t0-0" : "t" + depth + "-" + arrival;
  }

  /** The place just before this event. */
  Position before() {
    return new Position(depth, arrival - 1);
  }
}
