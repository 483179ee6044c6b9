package dev.bailiff.schemas.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of failures.
 *
 * @param next the {@code from} of the next page; null on the last page
 */
public record FailurePageReply(List<FailureReply> failures, @Nullable String next) {}
