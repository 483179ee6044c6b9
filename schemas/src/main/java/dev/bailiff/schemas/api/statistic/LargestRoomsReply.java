package dev.bailiff.schemas.api.statistic;

import java.util.List;

/** The rooms that take the most space (admin-api 5.40). */
public record LargestRoomsReply(List<LargeRoom> rooms) {

  /**
   * A room with its size.
   *
   * @param estimatedSize bytes
   */
  public record LargeRoom(String roomId, long estimatedSize) {}
}
