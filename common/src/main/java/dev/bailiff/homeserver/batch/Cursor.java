package dev.bailiff.homeserver.batch;

/**
 * A place inside a range or a list where the next call goes on. Only the side of the port that made
 * it reads it; everybody else stores it and hands it back.
 *
 * @param value at most a few hundred characters of text
 */
public record Cursor(String value) {}
