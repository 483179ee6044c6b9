package dev.bailiff.homeserver.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rooms that a redaction covers when it names none. Thread-safe. */
@FunctionalInterface
public interface RedactableRooms {

  /**
   * The rooms in which a user's events are redacted when the request names none: rooms that the
   * user is joined to or banned from (admin-api C9).
   *
   * @return at most {@code limit} room ids in ascending order, beginning behind {@code after}
   *     (null: at the start)
   */
  List<String> redactableRooms(String user, @Nullable String after, int limit);
}
