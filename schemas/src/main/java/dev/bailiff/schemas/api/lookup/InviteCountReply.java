package dev.bailiff.schemas.api.lookup;

/** How many invites a user sent since a time (admin-api 5.28). */
public record InviteCountReply(long inviteCount) {}
