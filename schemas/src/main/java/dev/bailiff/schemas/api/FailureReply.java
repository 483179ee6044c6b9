package dev.bailiff.schemas.api;

import java.time.Instant;

/** An item that failed while its job went on. */
public record FailureReply(
    int stage,
    int segment,
    String item,
    String errcode,
    String error,
    int attempt,
    Instant failedAt) {}
