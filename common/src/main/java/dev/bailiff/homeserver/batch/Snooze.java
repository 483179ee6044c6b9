package dev.bailiff.homeserver.batch;

import java.time.Duration;

/**
 * The work is not done yet, or cannot be done now (a rate limit, a remote task still running). The
 * caller repeats the call with the cursor of the outcome after {@code delay}; this costs no
 * attempt.
 */
public record Snooze(Duration delay) {}
