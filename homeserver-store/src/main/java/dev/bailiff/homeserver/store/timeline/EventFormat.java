package dev.bailiff.homeserver.store.timeline;

/** The form in which an event is shown (admin-api 5.7, 5.8). */
public enum EventFormat {
  /** The oldest form for clients, whose keys all clients know. */
  CLIENT,
  /**
   * As {@link #CLIENT}, with the previous content of state and with the relations of later events:
   * the form of histories.
   */
  CLIENT_WITH_PREVIOUS,
  /**
   * An event with the keys by which servers send it to each other, and with the same additions as
   * {@link #CLIENT_WITH_PREVIOUS}.
   */
  FEDERATION
}
