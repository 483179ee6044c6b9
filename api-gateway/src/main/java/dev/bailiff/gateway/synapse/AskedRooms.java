package dev.bailiff.gateway.synapse;

import dev.bailiff.homeserver.redaction.RedactableRooms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rooms on behalf of a caller, whose call ends with the error of a question to Synapse. */
record AskedRooms(RedactableRooms rooms) implements RedactableRooms {
  @Override
  public List<String> redactableRooms(String user, @Nullable String after, int limit) {
    return Asked.of(() -> rooms.redactableRooms(user, after, limit));
  }

  @Override
  public List<String> writtenRooms(String user, @Nullable String after, int limit) {
    return Asked.of(() -> rooms.writtenRooms(user, after, limit));
  }
}
