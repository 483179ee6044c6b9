package dev.bailiff.homeserver.media;

/**
 * Where some media stand in the list of all media that one user uploaded: next to each other.
 *
 * @param older number of the user's media that are older
 * @param newer number of the user's media that are newer
 */
public record OwnedPage(String user, long older, long newer) {}
