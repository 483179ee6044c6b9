package dev.bailiff.schemas.api.redaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of a redaction (admin-api 4.35).
 *
 * @param status {@code scheduled}, {@code active}, {@code completed} or {@code failed}; a
 *     configuration may replace {@code completed} by {@code complete}
 * @param error why the job failed; absent otherwise
 * @param failedRedactions by event id, why the event could not be redacted
 */
public record RedactionStatusReply(
    String status,
    @JsonInclude(Include.NON_NULL) @Nullable String error,
    Map<String, String> failedRedactions) {}
