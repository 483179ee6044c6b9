package dev.bailiff.schemas.command;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as accepted.
 *
 * @param targets in ascending byte order
 * @param parameters as the kind's JSON Schema describes them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AcceptedRequest(
    List<String> targets, JsonNode parameters, String requester, @Nullable String reason) {}
