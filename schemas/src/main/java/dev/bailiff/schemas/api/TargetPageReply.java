package dev.bailiff.schemas.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of targets.
 *
 * @param next the {@code from} of the next page; null on the last page
 */
public record TargetPageReply(List<TargetReply> targets, @Nullable String next) {}
