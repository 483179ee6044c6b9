package dev.bailiff.schemas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stage that was opened.
 *
 * @param stage number from 0
 * @param closedAt null while the stage is open
 */
public record StageReply(
    int stage,
    String name,
    ProgressReply progress,
    int segments,
    int openSegments,
    Instant openedAt,
    @Nullable Instant closedAt) {}
