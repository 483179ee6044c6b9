package dev.bailiff.homeserver.history;

/** The place of an event: its room, and its depth in that room. */
public record EventPlace(String roomId, long depth) {}
