package dev.bailiff.schemas.api.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A report on an event (admin-api 5.36).
 *
 * @param receivedTs ms since the epoch
 * @param userId the user who reported
 * @param score from -100, most offensive, to 0
 * @param sender the user who sent the event; null if the event is deleted
 * @param canonicalAlias of the room
 * @param name of the room
 * @param eventJson the event in the form that servers exchange; absent in lists
 */
public record EventReportReply(
    long id,
    long receivedTs,
    String roomId,
    String eventId,
    String userId,
    @Nullable Long score,
    @Nullable String reason,
    @Nullable String sender,
    @Nullable String canonicalAlias,
    @Nullable String name,
    @JsonInclude(Include.NON_NULL) @Nullable JsonNode eventJson) {}
