package dev.bailiff.homeserver.batch;

/**
 * A place inside a range or a list where the next call goes on. Only the side of the port that made
 * the cursor reads it; the other side stores it and returns it.
 *
 * @param value at most a few hundred characters of text
 */
public record Cursor(String value) {}
