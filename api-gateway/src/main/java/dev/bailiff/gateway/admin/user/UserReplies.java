package dev.bailiff.gateway.admin.user;

import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Account;
import dev.bailiff.homeserver.store.account.AccountSummary;
import dev.bailiff.homeserver.store.account.Accounts;
import dev.bailiff.homeserver.store.account.Threepid;
import dev.bailiff.schemas.api.user.ExternalIdReply;
import dev.bailiff.schemas.api.user.ThreepidReply;
import dev.bailiff.schemas.api.user.UserReply;
import dev.bailiff.schemas.api.user.UserSummaryReply;

/** Users as the API shows them; every key is always there. */
final class UserReplies {

  private UserReplies() {}

  /** The user object of a known user: 404 {@code M_NOT_FOUND} otherwise. */
  static UserReply of(Accounts accounts, UserId user) {
    return of(accounts.find(user.value()).orElseThrow(LocalUsers::unknown));
  }

  /** The user object of admin-api 4.1; the creation time is in seconds. */
  static UserReply of(Account user) {
    return new UserReply(
        user.userId(),
        user.displayname(),
        user.avatarUrl(),
        user.threepids().stream().map(UserReplies::threepid).toList(),
        user.externalIds().stream()
            .map(id -> new ExternalIdReply(id.authProvider(), id.externalId()))
            .toList(),
        user.guest(),
        user.admin(),
        user.deactivated(),
        user.shadowBanned(),
        user.erased(),
        user.locked(),
        user.suspended(),
        user.createdAt() / 1000,
        user.appserviceId(),
        user.consentServerNoticeSent(),
        user.consentVersion(),
        user.consentAt(),
        user.userType(),
        user.lastSeenAt());
  }

  /** The user object of admin-api 4.3; the creation time is in milliseconds, of whole seconds. */
  static UserSummaryReply of(AccountSummary user) {
    return new UserSummaryReply(
        user.userId(),
        user.guest(),
        user.admin(),
        user.userType(),
        user.deactivated(),
        user.erased(),
        user.shadowBanned(),
        user.locked(),
        user.displayname(),
        user.avatarUrl(),
        user.createdAt() / 1000 * 1000,
        user.lastSeenAt());
  }

  private static ThreepidReply threepid(Threepid threepid) {
    return new ThreepidReply(
        threepid.medium(), threepid.address(), threepid.addedAt(), threepid.validatedAt());
  }
}
