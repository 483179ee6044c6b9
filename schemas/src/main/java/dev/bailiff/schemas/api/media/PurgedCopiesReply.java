package dev.bailiff.schemas.api.media;

/** How many copies of other servers' media were deleted (admin-api 5.16). */
public record PurgedCopiesReply(long deleted) {}
