package dev.bailiff.homeserver.history;

import java.util.Optional;

/** Finds where a purge of history ends (admin-api 5.11). Thread-safe. */
public interface HistoryPoints {

  /** An event of any room, unless it was rejected. */
  Optional<EventPlace> find(String eventId);

  /** Depth of the last event of a room that was sent before a time, ms since the epoch. */
  Optional<Long> depthBefore(String roomId, long at);
}
