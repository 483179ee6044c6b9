package dev.bailiff.schemas.api.room;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A room in a list (admin-api 5.5). Every key is always present.
 *
 * @param encryption the algorithm; null if messages are not encrypted
 * @param federatable whether users of other servers may join
 * @param inDirectory the key {@code public}: whether the room is in the directory
 * @param stateEvents number of state events
 * @param roomType such as {@code m.space}
 */
public record RoomSummaryReply(
    String roomId,
    @Nullable String name,
    @Nullable String canonicalAlias,
    long joinedMembers,
    long joinedLocalMembers,
    String version,
    @Nullable String creator,
    @Nullable String encryption,
    boolean federatable,
    @JsonProperty("public") boolean inDirectory,
    @Nullable String joinRules,
    @Nullable String guestAccess,
    @Nullable String historyVisibility,
    long stateEvents,
    @Nullable String roomType) {}
