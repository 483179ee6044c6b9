package dev.bailiff.homeserver.batch;

/**
 * An entry of a list that the reply of the job shows, such as {@code kicked_users}. Entries are a
 * set: adding one twice is the same as adding it once.
 */
public record ListEntry(int target, String list, String item) {}
