package dev.bailiff.standalone.stack;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who a data folder is. Its database has the same {@code id}, and whoever works on the folder asks
 * for it on each new connection.
 *
 * @param id made anew whenever the folder is found at another place
 * @param formerId the one before; null for the first
 * @param arrival how the folder came to its place
 * @param identifiedAt when this identity was made
 */
public record FolderIdentity(
    UUID id, @Nullable UUID formerId, Arrival arrival, Instant identifiedAt, FolderPlace place) {

  /** The first identity of a folder. */
  static FolderIdentity first(Arrival arrival, FolderPlace place, Instant now) {
    return new FolderIdentity(UUID.randomUUID(), null, arrival, now, place);
  }

  /** Another one for a folder that had this. */
  FolderIdentity anew(Arrival how, FolderPlace at, Instant now) {
    return new FolderIdentity(UUID.randomUUID(), id, how, now, at);
  }
}
