package dev.bailiff.schemas.api.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and what they may.
 *
 * @param requester as jobs have it: a user id, or {@code token:<name>}
 * @param account the user that the caller is; null for a token of Bailiff's own
 * @param targets globs of the users, rooms and media that may be named; none: any
 * @param mostTargets of one job; null: as many as any job may have
 * @param expiresAt when the token ends; null: never, or it is not Bailiff's
 * @param jobsAMinute how many jobs may be submitted within a minute; null: any number
 * @param targetsADay how many targets jobs may have within a day; null: any number
 */
public record CallerReply(
    String requester,
    @Nullable String account,
    List<String> scopes,
    List<String> targets,
    @Nullable Integer mostTargets,
    @Nullable Instant expiresAt,
    @JsonProperty("jobs_a_minute") @Nullable Integer jobsAMinute,
    @JsonProperty("targets_a_day") @Nullable Integer targetsADay) {}
