package dev.bailiff.homeserver.store.snapshot;

import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Writes events of a snapshot. An event that is stored already stays as it is, as it may have been
 * redacted since. If an event that was written here has taken the place of an imported one in the
 * order of arrival, the imported one gets a new place.
 */
final class EventWriter {

  private static final String ROWS =
      """
      from unnest(:streamOrderings::bigint[], :depths::bigint[], :times::bigint[],
                  :outliers::boolean[], :rejected::boolean[], :softFailed::boolean[],
                  :roomIds::text[], :eventIds::text[], :types::text[], :senders::text[],
                  :stateKeys::text[], :contents::text[], :extras::text[],
                  :relatesTo::text[], :relTypes::text[])
           as n (stream_ordering, depth, origin_server_ts, outlier, rejected, soft_failed,
                 room_id, event_id, type, sender, state_key, content, extra, relates_to, rel_type)
      """;

  private static final String COLUMNS =
      """
      (stream_ordering, depth, origin_server_ts, outlier, rejected, soft_failed,
       room_id, event_id, type, sender, state_key, content, extra, contains_url, relates_to, rel_type)
      """;

  private static final String VALUES =
      """
      n.depth, n.origin_server_ts, n.outlier, n.rejected, n.soft_failed,
      n.room_id, n.event_id, n.type, n.sender, n.state_key, n.content::json, n.extra::json,
      n.content like '%"url"%', n.relates_to, n.rel_type
      """;

  static final String INSERT =
      "insert into homeserver.event "
          + COLUMNS
          + " select n.stream_ordering, "
          + VALUES
          + ROWS
          + " on conflict do nothing";

  static final String INSERT_DISPLACED =
      "insert into homeserver.event "
          + COLUMNS
          + " select nextval('homeserver.event_stream_ordering'), "
          + VALUES
          + ROWS
          + " where not exists (select from homeserver.event e where e.event_id = n.event_id)"
          + " on conflict do nothing";

  /** Events that are written here later get places after those of the snapshot. */
  private static final String MOVE_ORDER =
      """
      select setval('homeserver.event_stream_ordering', :highest)
      from homeserver.event_stream_ordering
      where last_value < :highest
      """;

  private EventWriter() {}

  static void write(Handle handle, List<EventRecord> events) {
    if (events.isEmpty()) {
      return;
    }
    int inserted = bind(handle.createUpdate(INSERT), events).execute();
    long highest = events.stream().mapToLong(EventRecord::streamOrdering).max().orElse(0);
    handle.createQuery(MOVE_ORDER).bind("highest", highest).mapTo(Long.class).findOne();
    if (inserted < events.size()) {
      bind(handle.createUpdate(INSERT_DISPLACED), events).execute();
    }
  }

  private static Update bind(Update update, List<EventRecord> events) {
    return update
        .bindArray("streamOrderings", Long.class, column(events, EventRecord::streamOrdering))
        .bindArray("depths", Long.class, column(events, EventRecord::depth))
        .bindArray("times", Long.class, column(events, EventRecord::originServerTs))
        .bindArray("outliers", Boolean.class, column(events, EventRecord::outlier))
        .bindArray("rejected", Boolean.class, column(events, EventRecord::rejected))
        .bindArray("softFailed", Boolean.class, column(events, EventRecord::softFailed))
        .bindArray("roomIds", String.class, column(events, EventRecord::roomId))
        .bindArray("eventIds", String.class, column(events, EventRecord::eventId))
        .bindArray("types", String.class, column(events, EventRecord::type))
        .bindArray("senders", String.class, column(events, EventRecord::sender))
        .bindArray("stateKeys", String.class, column(events, EventRecord::stateKey))
        .bindArray("contents", String.class, column(events, EventRecord::content))
        .bindArray("extras", String.class, column(events, EventRecord::extra))
        .bindArray("relatesTo", String.class, column(events, event -> event.relation().target()))
        .bindArray("relTypes", String.class, column(events, event -> event.relation().type()));
  }

  private static @Nullable Object[] column(
      List<EventRecord> events, Function<EventRecord, @Nullable Object> value) {
    return events.stream().map(value).toArray();
  }
}
