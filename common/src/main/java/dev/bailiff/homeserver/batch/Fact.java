package dev.bailiff.homeserver.batch;

/**
 * A single value that the reply of the job shows for a target, such as {@code new_room_id}. A later
 * value replaces it.
 */
public record Fact(int target, String key, String value) {}
