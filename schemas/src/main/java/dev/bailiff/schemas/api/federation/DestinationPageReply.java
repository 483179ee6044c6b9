package dev.bailiff.schemas.api.federation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of other servers (admin-api 5.47).
 *
 * @param total entries on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record DestinationPageReply(
    List<DestinationReply> destinations,
    long total,
    @JsonInclude(Include.NON_NULL) @Nullable String nextToken) {}
