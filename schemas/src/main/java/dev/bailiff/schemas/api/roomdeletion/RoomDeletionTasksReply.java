package dev.bailiff.schemas.api.roomdeletion;

import java.util.List;

/**
 * All deletions of a room (admin-api 5.3).
 *
 * @param results the one that changed last at the end
 */
public record RoomDeletionTasksReply(List<RoomDeletionTaskReply> results) {}
