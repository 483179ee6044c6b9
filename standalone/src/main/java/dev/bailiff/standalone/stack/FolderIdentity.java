package dev.bailiff.standalone.stack;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a data folder. Its database has the same {@code id}, and every program that works
 * on the folder compares the id on each new connection.
 *
 * @param id changes whenever the folder is found at another place
 * @param formerId the id before this one; null for the first
 * @param arrival how the folder came to its place
 * @param identifiedAt when this identity was made
 */
public record FolderIdentity(
    UUID id,
    @Nullable UUID formerId,
    FolderArrival arrival,
    Instant identifiedAt,
    FolderPlace place) {

  /** The first identity of a folder. */
  static FolderIdentity first(FolderArrival arrival, FolderPlace place, Instant now) {
    return new FolderIdentity(UUID.randomUUID(), null, arrival, now, place);
  }

  /** A new identity for the folder that had this one. */
  FolderIdentity anew(FolderArrival how, FolderPlace at, Instant now) {
    return new FolderIdentity(UUID.randomUUID(), id, how, now, at);
  }
}
