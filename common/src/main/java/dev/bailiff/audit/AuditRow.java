package dev.bailiff.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit.
 *
 * @param who null where the row of the job's call says it
 * @param items ids of what became of whom; empty if there are none
 */
public record AuditRow(
    long id,
    Instant at,
    @Nullable String who,
    @Nullable String token,
    @Nullable String address,
    String what,
    @Nullable String whom,
    @Nullable String why,
    @Nullable UUID job,
    List<String> items,
    String result) {

  /** The place of the row in the order of {@link AuditReader}. */
  public AuditReader.Place place() {
    return new AuditReader.Place(at, id);
  }
}
