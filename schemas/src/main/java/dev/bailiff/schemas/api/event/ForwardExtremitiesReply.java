package dev.bailiff.schemas.api.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest event of a room, if it has one (admin-api 5.46).
 *
 * @param count number of results: 0 or 1
 */
public record ForwardExtremitiesReply(int count, List<ForwardExtremity> results) {

  /**
   * An event at which the history goes on.
   *
   * @param stateGroup always null here
   * @param receivedTs ms since the epoch
   */
  public record ForwardExtremity(
      String eventId, @Nullable Long stateGroup, long depth, long receivedTs) {}
}
