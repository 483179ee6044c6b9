package dev.bailiff.homeserver.counting;

/**
 * A target on which a job would do nothing.
 *
 * @param target number of the target
 * @param reason for people, such as {@code no such user is known}
 */
public record LeftOut(int target, String reason) {}
