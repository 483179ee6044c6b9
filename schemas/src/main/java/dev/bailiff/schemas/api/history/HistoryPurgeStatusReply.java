package dev.bailiff.schemas.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * The status of a purge (admin-api 5.12).
 *
 * @param status {@code active}, {@code complete} or {@code failed}
 * @param error why the purge failed; absent otherwise
 */
public record HistoryPurgeStatusReply(
    String status, @JsonInclude(Include.NON_NULL) @Nullable String error) {}
