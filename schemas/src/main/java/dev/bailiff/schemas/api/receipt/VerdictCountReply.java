package dev.bailiff.schemas.api.receipt;

/**
 * How many targets have a verdict.
 *
 * @param verdict {@code gone}, {@code left-over} or {@code unknown}; {@code failed}, or {@code
 *     not-verified} where the job ended before
 */
public record VerdictCountReply(String verdict, long targets) {}
