package dev.bailiff.homeserver.store.timeline;

/** How an event is shown (admin-api 5.7, 5.8). */
public enum EventForm {
  /** For clients, in the oldest form, whose keys all clients know. */
  CLIENT,
  /** Likewise, with what state was before: the form of histories. */
  CLIENT_WITH_PREVIOUS,
  /** With the keys by which servers tell each other of it. */
  FEDERATION
}
