package dev.bailiff.homeserver.store.timeline;

/**
 * Which event, and when.
 *
 * @param sentAt ms since the epoch, as its server said
 */
public record EventMoment(String eventId, long sentAt, long depth, Position position) {

  static EventMoment of(StoredEvent event) {
    return new EventMoment(
        event.eventId(), event.sentAt(), event.position().depth(), event.position());
  }
}
