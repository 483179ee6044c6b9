package dev.bailiff.homeserver;

/**
 * The properties of a homeserver that the engine must know to call it well.
 *
 * @param joinsTransactions whether its operations join the transaction that is open on the calling
 *     thread with the job store's database. If not, no call is made while a transaction is open:
 *     the transaction would hold locks for as long as another machine takes to answer
 * @param targetsASegment most targets of a segment that works one target after the other
 * @param sweepsMedia whether it deletes media by age itself ({@link
 *     dev.bailiff.homeserver.media.MediaPort#sweepMedia}) and cannot list them
 * @param needsMediaFolder whether it deletes files in the media folder of this process
 */
public record HomeserverTraits(
    boolean joinsTransactions, int targetsASegment, boolean sweepsMedia, boolean needsMediaFolder) {

  /** A homeserver in the job store's database. */
  public static HomeserverTraits ofStore() {
    return new HomeserverTraits(true, Integer.MAX_VALUE, false, true);
  }

  /** A remote homeserver that lists all that it can delete. */
  public static HomeserverTraits remote() {
    return new HomeserverTraits(false, Integer.MAX_VALUE, false, false);
  }
}
