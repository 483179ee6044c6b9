package dev.bailiff.homeserver.history;

/** Where an event is: its room, and how deep in it. */
public record EventPlace(String roomId, long depth) {}
