package dev.bailiff.schemas.api.roomdeletion;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * The status of the deletion of a room (admin-api 5.3, 5.4).
 *
 * @param deleteId id of the job
 * @param status {@code scheduled}, {@code active}, {@code complete} or {@code failed}
 * @param shutdownRoom null only for a task of the homeserver itself that has no progress
 * @param error why the deletion failed; absent otherwise
 */
public record RoomDeletionTaskReply(
    String deleteId,
    String roomId,
    String status,
    @Nullable RoomDeletionReply shutdownRoom,
    @JsonInclude(Include.NON_NULL) @Nullable String error) {}
