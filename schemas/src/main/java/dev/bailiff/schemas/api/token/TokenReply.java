package dev.bailiff.schemas.api.token;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of a token, without the token itself.
 *
 * @param legacy whether it was made before there were scopes; such a token has all but {@code
 *     jobs:force}
 * @param targets globs of the users, rooms and media that it may name; none: any
 * @param mostTargets of one job; null: as many as any job may have
 * @param networks from which it may be used, in CIDR notation; none: from anywhere
 * @param jobsAMinute how many jobs it may submit within a minute; null: any number
 * @param targetsADay how many targets its jobs may have within a day; null: any number
 * @param madeBy who asked for it over HTTP; null if it was made on the server's machine
 * @param lastUsedAt time of a use up to five minutes before the last one
 * @param lastUsedAddress from where that was
 */
public record TokenReply(
    String id,
    String name,
    String description,
    boolean legacy,
    List<String> scopes,
    List<String> targets,
    @Nullable Integer mostTargets,
    List<String> networks,
    @Nullable Instant expiresAt,
    @JsonProperty("jobs_a_minute") @Nullable Integer jobsAMinute,
    @JsonProperty("targets_a_day") @Nullable Integer targetsADay,
    Instant createdAt,
    @Nullable String madeBy,
    @Nullable Instant lastUsedAt,
    @Nullable String lastUsedAddress) {}
