package dev.bailiff.schemas.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a space (admin-api 5.45).
 *
 * @param nextBatch the {@code from} of the next part; absent on the last part
 */
public record HierarchyReply(
    List<HierarchyRoomReply> rooms, @JsonInclude(Include.NON_NULL) @Nullable String nextBatch) {}
