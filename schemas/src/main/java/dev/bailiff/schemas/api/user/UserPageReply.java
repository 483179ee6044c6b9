package dev.bailiff.schemas.api.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of users (admin-api 4.3, 4.4).
 *
 * @param total users on all pages
 * @param nextToken the {@code from} of the next page; absent on the last page
 */
public record UserPageReply(
    List<UserSummaryReply> users,
    long total,
    @JsonInclude(Include.NON_NULL) @Nullable String nextToken) {}
