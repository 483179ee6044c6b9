package dev.bailiff.schemas.api.media;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a user's media (admin-api 4.13).
 *
 * @param total media on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record MediaPageReply(
    List<MediumReply> media, long total, @JsonInclude(Include.NON_NULL) @Nullable Long nextToken) {}
