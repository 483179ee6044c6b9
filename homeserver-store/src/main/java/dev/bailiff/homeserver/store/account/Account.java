package dev.bailiff.homeserver.store.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the API shows of a user (admin-api 4.1). Times are milliseconds since the epoch.
 *
 * @param lastSeenAt time of the newest recorded connection; without one, the newest time that the
 *     snapshot or connections deleted since have left in the account
 */
public record Account(
    String userId,
    @Nullable String displayname,
    @Nullable String avatarUrl,
    List<Threepid> threepids,
    List<ExternalId> externalIds,
    boolean guest,
    boolean admin,
    boolean deactivated,
    boolean shadowBanned,
    boolean erased,
    boolean locked,
    boolean suspended,
    long createdAt,
    @Nullable String appserviceId,
    @Nullable String consentServerNoticeSent,
    @Nullable String consentVersion,
    @Nullable Long consentAt,
    @Nullable String userType,
    @Nullable Long lastSeenAt) {}
