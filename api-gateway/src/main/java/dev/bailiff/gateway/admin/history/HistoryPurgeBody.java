package dev.bailiff.gateway.admin.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import org.jspecify.annotations.Nullable;

/**
 * The body of admin-api 5.11.
 *
 * @param upToEvent an event id as sent; an empty id also names an event
 */
record HistoryPurgeBody(boolean deleteLocalEvents, @Nullable String upToEvent, ObjectNode body) {
  private static final String TIME = "purge_up_to_ts";

  static HistoryPurgeBody parse(ObjectNode body) {
    return new HistoryPurgeBody(
        BodyKeys.bool(body, "delete_local_events", false, Errcode.M_BAD_JSON),
        BodyKeys.text(body, "purge_up_to_event_id", Errcode.M_BAD_JSON),
        body);
  }

  /**
   * The time where the purge ends, ms since the epoch. It is asked for, and so checked, only if no
   * event is named.
   */
  long upToTime() {
    var time = body.get(TIME);
    if (time == null) {
      throw ApiException.bad(
          Errcode.M_BAD_JSON, "must specify purge_up_to_event_id or purge_up_to_ts");
    }
    if (!time.isIntegralNumber() || !time.canConvertToLong()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, TIME + " must be an int");
    }
    return time.longValue();
  }
}
