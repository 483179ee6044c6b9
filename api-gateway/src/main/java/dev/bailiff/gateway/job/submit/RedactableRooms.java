package dev.bailiff.gateway.job.submit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rooms that are meant when none are named; as {@code Homeserver.redactableRooms}. */
@FunctionalInterface
public interface RedactableRooms {

  /** At most {@code limit} room ids in ascending order, behind {@code after}. */
  List<String> page(String user, @Nullable String after, int limit);
}
