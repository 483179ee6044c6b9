package dev.bailiff.schemas.api.lookup;

import java.util.List;

/**
 * The rooms that a user is joined to (admin-api 4.11).
 *
 * @param joinedRooms room ids
 * @param total number of rooms
 */
public record JoinedRoomsReply(List<String> joinedRooms, int total) {}
