package dev.bailiff.schemas.api.quarantine;

import java.util.List;

/**
 * Changes of quarantine, oldest first (admin-api 5.41).
 *
 * @param nextBatch the {@code from} of the next answer
 */
public record QuarantineChangesReply(long nextBatch, List<QuarantineChange> changes) {

  /**
   * A medium that was put into quarantine or taken out of it.
   *
   * @param origin the server of the medium
   * @param quarantined whether the medium is in quarantine after the change
   */
  public record QuarantineChange(String origin, String mediaId, boolean quarantined) {}
}
