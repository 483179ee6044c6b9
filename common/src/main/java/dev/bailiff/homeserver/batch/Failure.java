package dev.bailiff.homeserver.batch;

/**
 * One item that could not be done.
 *
 * @param item the user, room, event or file
 * @param target number of the job's target that the item belongs to
 * @param failsTarget whether the whole target fails with the item: its later stages are skipped
 * @param status HTTP status that fits the error, for waiting callers
 * @param code Matrix error code
 * @param text for people
 */
public record Failure(
    String item, int target, boolean failsTarget, int status, String code, String text) {}
