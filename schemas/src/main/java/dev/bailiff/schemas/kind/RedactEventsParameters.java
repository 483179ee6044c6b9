package dev.bailiff.schemas.kind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of {@code redact-events} (admin-api 4.34).
 *
 * @param rooms rooms to redact in; empty means the rooms that each user is joined to or banned from
 *     when the job is accepted
 * @param reason stored in every redaction
 * @param limit newest candidates per room; absent or 0 means 1000
 * @param useAdmin whether the admin redacts instead of the user
 * @param afterTs lower bound of an event's own time, ms since the epoch, inclusive; 0 counts as
 *     absent
 * @param beforeTs upper bound of an event's own time, ms since the epoch, inclusive
 */
public record RedactEventsParameters(
    @Nullable List<String> rooms,
    @Nullable String reason,
    @Nullable Integer limit,
    @Nullable Boolean useAdmin,
    @Nullable Long afterTs,
    @Nullable Long beforeTs) {

  /** Whether the rooms are those of each user at the moment when the job is accepted. */
  public boolean meansRoomsAtAcceptance() {
    return rooms == null || rooms.isEmpty();
  }
}
