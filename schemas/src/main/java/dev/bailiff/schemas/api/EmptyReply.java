package dev.bailiff.schemas.api;

/** The reply {@code {}} of calls that have nothing to report. */
public record EmptyReply() {}
