package dev.bailiff.homeserver.store.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The histories of rooms in the order in which clients see them: by depth, then by arrival
 * (admin-api 5.8). Detached and rejected events are in no history.
 *
 * <p><b>Concurrency:</b> thread-safe; each call is one short transaction.
 */
public final class Timeline {

  /**
   * Maximum number of events that one call reads. With this bound, a filter that lets no event
   * through does not read a room of millions of events: the page ends early, and the next page goes
   * on.
   */
  private static final int MOST_SEEN = 10_000;

  private static final int LEAST_PORTION = 500;

  private final Jdbi jdbi;
  private final Clock clock;
  private final String viewer;

  public Timeline(Jdbi jdbi, Clock clock) {
    this(jdbi, clock, "");
  }

  private Timeline(Jdbi jdbi, Clock clock, String viewer) {
    this.jdbi = jdbi;
    this.clock = clock;
    this.viewer = viewer;
  }

  /** The same histories as read by a user: a thread shows whether this user wrote into it. */
  public Timeline readBy(String user) {
    return new Timeline(jdbi, clock, user);
  }

  /**
   * A page of a room's history.
   *
   * @param from where the page begins
   * @param to where the page ends at the latest
   * @param backwards whether the page goes from newer events to older ones
   * @param limit maximum number of events
   */
  public TimelinePage page(
      String roomId,
      StreamToken from,
      StreamToken to,
      boolean backwards,
      EventFilter filter,
      int limit) {
    return jdbi.inTransaction(
        handle -> {
          List<StoredEvent> found = new ArrayList<>();
          StreamToken at = from;
          boolean atEnd = false;
          for (int seen = 0; !atEnd && found.size() < limit && seen < MOST_SEEN; ) {
            // Without a filter the first portion suffices.
            int open = limit - found.size();
            int portion = seen == 0 ? open : Math.max(LEAST_PORTION, open);
            List<StoredEvent> next = portion(handle, roomId, at, to, backwards, portion);
            seen += next.size();
            atEnd = next.size() < portion;
            for (StoredEvent event : next) {
              if (found.size() == limit) {
                atEnd = false;
                break;
              }
              at = backwards ? event.position().before() : event.position();
              if (filter.letsThrough(event)) {
                found.add(event);
              }
            }
          }
          List<StoredEvent> shown = HeldRedactions.withoutWithheld(handle, found);
          return new TimelinePage(
              forms(handle).of(shown, filter.form()),
              found.size(),
              shown.stream().map(StoredEvent::sender).distinct().toList(),
              shown.isEmpty() ? null : shown.get(0).position(),
              shown.isEmpty() ? null : shown.get(shown.size() - 1).position(),
              at,
              atEnd);
        });
  }

  /**
   * Finds an event and its position, in the given form. A rejected event counts as unknown, and so
   * does a redaction that clients do not see.
   */
  public Optional<FoundEvent> find(String eventId, EventFormat form) {
    return jdbi.inTransaction(
        handle ->
            shown(handle, eventId)
                .map(
                    event ->
                        new FoundEvent(
                            event.roomId(),
                            event.sender(),
                            event.position(),
                            forms(handle).of(List.of(event), form).get(0))));
  }

  /** An event as the store has it, without the effect of redactions (admin-api 5.43). */
  public Optional<ObjectNode> asStored(String eventId) {
    return jdbi.inTransaction(
        handle -> shown(handle, eventId).map(event -> forms(handle).asStored(event)));
  }

  /** An event as servers send it to each other, without additions of ours (admin-api 5.36). */
  public Optional<ObjectNode> asSent(String eventId) {
    return jdbi.inTransaction(handle -> stored(handle, eventId).map(EventFormats::asSent));
  }

  /**
   * The position in a room's history right after an event arrived; the start if none had arrived by
   * then.
   */
  public StreamToken afterArrival(String roomId, long arrival) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(TimelineSql.ARRIVED)
                .bind("roomId", roomId)
                .bind("arrival", arrival)
                .mapTo(Long.class)
                .findOne()
                .map(depth -> new StreamToken(depth, arrival))
                .orElse(StreamToken.START));
  }

  /** The newest event of a room. */
  public Optional<EventMoment> newest(String roomId) {
    return jdbi.withHandle(
        handle ->
            portion(handle, roomId, StreamToken.END, StreamToken.START, true, 1).stream()
                .findFirst()
                .map(EventMoment::of));
  }

  /**
   * The event of a room that is closest to a time (admin-api 5.44).
   *
   * @param at ms since the epoch
   * @param backwards whether to look for an event at or before the time, else at or after it
   */
  public Optional<EventMoment> closest(String roomId, long at, boolean backwards) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(backwards ? TimelineSql.LAST_IN_TIME : TimelineSql.NEXT_IN_TIME)
                .bind("roomId", roomId)
                .bind("at", at)
                .map((rs, ctx) -> EventMoment.of(StoredEvent.of(rs)))
                .findOne());
  }

  private static List<StoredEvent> portion(
      Handle handle,
      String roomId,
      StreamToken from,
      StreamToken to,
      boolean backwards,
      int limit) {
    return handle
        .createQuery(backwards ? TimelineSql.BACKWARDS : TimelineSql.FORWARDS)
        .bind("roomId", roomId)
        .bind("depth", from.depth())
        .bind("arrival", from.arrival())
        .bind("toDepth", to.depth())
        .bind("toArrival", to.arrival())
        .bind("limit", limit)
        .map((rs, ctx) -> StoredEvent.of(rs))
        .list();
  }

  private static Optional<StoredEvent> shown(Handle handle, String eventId) {
    return stored(handle, eventId)
        .filter(event -> !HeldRedactions.withoutWithheld(handle, List.of(event)).isEmpty());
  }

  private static Optional<StoredEvent> stored(Handle handle, String eventId) {
    return handle
        .createQuery(TimelineSql.EVENT)
        .bind("eventId", eventId)
        .map((rs, ctx) -> StoredEvent.of(rs))
        .findOne();
  }

  private EventFormats forms(Handle handle) {
    return new EventFormats(handle, clock.millis(), viewer);
  }
}
