package dev.bailiff.homeserver.batch;

import java.time.Duration;

/**
 * What was asked for is not done yet, or not now (a rate limit, a remote task still running): call
 * again with the cursor of the outcome after {@code delay}. Costs no attempt.
 */
public record Later(Duration delay) {}
