package dev.bailiff.schemas.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of jobs.
 *
 * @param next the {@code from} of the next page; null on the last page
 */
public record JobPageReply(List<JobReply> jobs, @Nullable String next) {}
