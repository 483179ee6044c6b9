package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.redaction.EventConditions;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of candidates, or its end.
 *
 * @param target number of the job's target
 * @param from where the page begins; null for the start of the room
 * @param skip candidates at the beginning of the page that are not part of the range
 * @param afterAt as the request has it; null for none
 * @param beforeAt as the request has it; null for none
 * @param types as the request has them; null for the usual ones
 * @param contains as the request has it; null for none
 */
record EventRange(
    String user,
    int target,
    String room,
    @Nullable String from,
    int skip,
    @Nullable Long afterAt,
    @Nullable Long beforeAt,
    @Nullable List<String> types,
    @Nullable String contains) {

  EventConditions conditions() {
    return new EventConditions(
        types == null ? EventConditions.USUAL_TYPES : types, afterAt, beforeAt, contains);
  }

  /** A range of the port. */
  Range packed(long items) {
    return new Range(CursorJson.text(this), items);
  }

  /** The range that the port holds. */
  static EventRange unpack(Range range) {
    return CursorJson.read(range.value(), EventRange.class);
  }
}
