package dev.bailiff.webhook;

import org.jspecify.annotations.Nullable;

/**
 * What a sentence for people says of a job.
 *
 * @param reason as the requester gave it; null for none
 */
public record JobFacts(String kind, int targets, String requester, @Nullable String reason) {}
