package dev.bailiff.schemas.api.roomdeletion;

import java.util.List;

/**
 * All deletions of a room (admin-api 5.3).
 *
 * @param results in order of their last change, the newest last
 */
public record RoomDeletionTasksReply(List<RoomDeletionTaskReply> results) {}
