package dev.bailiff.schemas.api.room;

import java.util.List;

/**
 * The users who are joined to a room (admin-api 4.36).
 *
 * @param members user ids
 * @param total number of members
 */
public record MembersReply(List<String> members, int total) {}
