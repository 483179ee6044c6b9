package dev.bailiff.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param head the end of the chain; empty if nothing is chained
 * @param rows rows that were compared with the chain
 * @param archived months whose rows lie in files, with their number and the digest of the file
 * @param unchained rows behind the end of the chain
 * @param unchainedSince time of the oldest of them
 * @param faults what is not as it was, one sentence each; of many the first
 * @param furtherFaults how many more there are
 */
public record AuditReport(
    Optional<AuditHead> head,
    long rows,
    List<String> archived,
    long unchained,
    Optional<Instant> unchainedSince,
    List<String> faults,
    long furtherFaults) {

  /** Whether everything is as it was. */
  public boolean isWhole() {
    return faults.isEmpty();
  }
}
