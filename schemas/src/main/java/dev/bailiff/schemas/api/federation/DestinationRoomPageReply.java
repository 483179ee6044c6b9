package dev.bailiff.schemas.api.federation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the rooms that are shared with another server (admin-api 5.47).
 *
 * @param total entries on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record DestinationRoomPageReply(
    List<DestinationRoom> rooms,
    long total,
    @JsonInclude(Include.NON_NULL) @Nullable String nextToken) {

  /**
   * A room that is shared with another server.
   *
   * @param streamOrdering position of the last event that was sent to that server
   */
  public record DestinationRoom(String roomId, long streamOrdering) {}
}
