package dev.bailiff.schemas.api.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the history of a room (admin-api 5.8). Events are JSON as the store has them.
 *
 * @param start where the page begins
 * @param end where the next page begins; absent if nothing is left
 * @param state memberships of the senders; absent unless the filter asks for them
 */
public record MessagesReply(
    List<JsonNode> chunk,
    String start,
    @JsonInclude(Include.NON_NULL) @Nullable String end,
    @JsonInclude(Include.NON_NULL) @Nullable List<JsonNode> state) {}
