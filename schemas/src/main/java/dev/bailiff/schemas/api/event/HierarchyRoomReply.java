package dev.bailiff.schemas.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room of a space (admin-api 5.45). The key of a text that the room does not have is absent.
 *
 * @param numJoinedMembers number of joined users, of all servers
 * @param worldReadable whether the history can be read without joining
 * @param childrenState the events that name the children of a space
 */
public record HierarchyRoomReply(
    String roomId,
    String roomVersion,
    long numJoinedMembers,
    boolean worldReadable,
    boolean guestCanJoin,
    String joinRule,
    @JsonInclude(Include.NON_NULL) @Nullable String name,
    @JsonInclude(Include.NON_NULL) @Nullable String topic,
    @JsonInclude(Include.NON_NULL) @Nullable String canonicalAlias,
    @JsonInclude(Include.NON_NULL) @Nullable String avatarUrl,
    @JsonInclude(Include.NON_NULL) @Nullable String roomType,
    @JsonInclude(Include.NON_NULL) @Nullable String encryption,
    List<JsonNode> childrenState) {}
