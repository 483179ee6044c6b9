package dev.bailiff.schemas.api.quarantine;

/** How many media were put into quarantine (admin-api 5.21, 5.22). */
public record QuarantinedReply(long numQuarantined) {}
