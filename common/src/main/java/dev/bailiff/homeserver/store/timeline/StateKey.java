package dev.bailiff.homeserver.store.timeline;

/** What an event is the state of. */
public record StateKey(String type, String key) {}
