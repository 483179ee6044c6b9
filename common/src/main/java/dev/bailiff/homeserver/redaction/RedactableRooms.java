package dev.bailiff.homeserver.redaction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rooms that a redaction covers when it names none of them one by one. Thread-safe. */
public interface RedactableRooms {

  /**
   * The rooms in which a user's events are redacted when the request names none: rooms that the
   * user is joined to or banned from (admin-api C9).
   *
   * @return at most {@code limit} room ids in ascending order, beginning behind {@code after}
   *     (null: at the start)
   */
  List<String> redactableRooms(String user, @Nullable String after, int limit);

  /**
   * Every room that a user ever wrote in, as far as the homeserver knows it: also rooms that the
   * user has left since. A room in which the user wrote nothing may be among them.
   *
   * @return at most {@code limit} room ids in ascending order, beginning behind {@code after}
   *     (null: at the start)
   */
  List<String> writtenRooms(String user, @Nullable String after, int limit);
}
