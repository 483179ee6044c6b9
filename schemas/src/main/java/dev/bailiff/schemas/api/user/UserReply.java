package dev.bailiff.schemas.api.user;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user (admin-api 4.1). Every key is always present.
 *
 * @param avatarUrl as it was set; usually an {@code mxc://} URI
 * @param creationTs seconds since the epoch
 * @param appserviceId the application service that owns the user
 * @param consentServerNoticeSent the version of the policy in the last notice to the user
 * @param consentVersion the version of the policy that the user agreed to
 * @param consentTs ms since the epoch
 * @param userType {@code bot}, {@code support}, or a configured word
 * @param lastSeenTs ms since the epoch; null if the user was never seen
 */
public record UserReply(
    String name,
    @Nullable String displayname,
    @Nullable String avatarUrl,
    List<ThreepidReply> threepids,
    List<ExternalIdReply> externalIds,
    boolean isGuest,
    boolean admin,
    boolean deactivated,
    boolean shadowBanned,
    boolean erased,
    boolean locked,
    boolean suspended,
    long creationTs,
    @Nullable String appserviceId,
    @Nullable String consentServerNoticeSent,
    @Nullable String consentVersion,
    @Nullable Long consentTs,
    @Nullable String userType,
    @Nullable Long lastSeenTs) {}
