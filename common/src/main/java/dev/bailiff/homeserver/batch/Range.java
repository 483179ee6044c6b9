package dev.bailiff.homeserver.batch;

/**
 * A part of the work that can be done alone, for example some of a room's events or some of its
 * members. Opaque like {@link Cursor}.
 *
 * @param value at most 64 KiB of text
 * @param items how many items (users, rooms, events, files) the range holds, as far as known when
 *     the range was made
 */
public record Range(String value, long items) {}
