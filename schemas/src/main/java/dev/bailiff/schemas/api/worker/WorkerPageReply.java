package dev.bailiff.schemas.api.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of workers.
 *
 * @param next the {@code from} of the next page; null on the last page
 */
public record WorkerPageReply(List<WorkerReply> workers, @Nullable String next) {}
