package dev.bailiff.homeserver.store.timeline;

/**
 * The id, time and position of an event.
 *
 * @param sentAt ms since the epoch, by the clock of the event's server
 */
public record EventMoment(String eventId, long sentAt, long depth, StreamToken position) {

  static EventMoment of(StoredEvent event) {
    return new EventMoment(
        event.eventId(), event.sentAt(), event.position().depth(), event.position());
  }
}
