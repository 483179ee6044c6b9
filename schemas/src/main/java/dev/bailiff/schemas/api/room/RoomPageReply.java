package dev.bailiff.schemas.api.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of rooms (admin-api 5.5).
 *
 * @param offset the {@code from} of this page
 * @param totalRooms rooms on all pages
 * @param nextBatch the {@code from} of the next page; absent on the last page
 * @param prevBatch the {@code from} of the page before; absent on the first page
 */
public record RoomPageReply(
    List<RoomSummaryReply> rooms,
    long offset,
    long totalRooms,
    @JsonInclude(Include.NON_NULL) @Nullable Long nextBatch,
    @JsonInclude(Include.NON_NULL) @Nullable Long prevBatch) {}
