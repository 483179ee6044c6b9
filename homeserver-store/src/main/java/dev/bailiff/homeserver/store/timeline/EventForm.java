package dev.bailiff.homeserver.store.timeline;

/** How an event is shown (admin-api 5.7, 5.8). */
public enum EventForm {
  /** For clients, in the oldest form, whose keys all clients know. */
  CLIENT,
  /** Likewise, with what state was before and what later events say: the form of histories. */
  CLIENT_WITH_PREVIOUS,
  /** Likewise for later events, with the keys by which servers tell each other of an event. */
  FEDERATION
}
