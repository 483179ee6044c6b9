package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.LocalUsers;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.Account;
import dev.bailiff.homeserver.store.account.AccountSummary;
import dev.bailiff.homeserver.store.account.Accounts;

/** Users as the API shows them; every key is always there. */
final class UserJson {

  private UserJson() {}

  /** The user object of somebody we know: 404 {@code M_NOT_FOUND} otherwise. */
  static ObjectNode of(Accounts accounts, UserId user) {
    return of(accounts.find(user.value()).orElseThrow(LocalUsers::unknown));
  }

  /** The user object of admin-api 4.1; the creation time is in seconds. */
  static ObjectNode of(Account user) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", user.userId());
    json.put("displayname", user.displayname());
    json.put("avatar_url", user.avatarUrl());
    var threepids = json.putArray("threepids");
    user.threepids()
        .forEach(
            threepid ->
                threepids
                    .addObject()
                    .put("medium", threepid.medium())
                    .put("address", threepid.address())
                    .put("added_at", threepid.addedAt())
                    .put("validated_at", threepid.validatedAt()));
    var externalIds = json.putArray("external_ids");
    user.externalIds()
        .forEach(
            id ->
                externalIds
                    .addObject()
                    .put("auth_provider", id.authProvider())
                    .put("external_id", id.externalId()));
    json.put("is_guest", user.guest());
    json.put("admin", user.admin());
    json.put("deactivated", user.deactivated());
    json.put("shadow_banned", user.shadowBanned());
    json.put("erased", user.erased());
    json.put("locked", user.locked());
    json.put("suspended", user.suspended());
    json.put("creation_ts", user.createdAt() / 1000);
    json.put("appservice_id", user.appserviceId());
    json.put("consent_server_notice_sent", user.consentServerNoticeSent());
    json.put("consent_version", user.consentVersion());
    json.put("consent_ts", user.consentAt());
    json.put("user_type", user.userType());
    json.put("last_seen_ts", user.lastSeenAt());
    return json;
  }

  /** The user object of admin-api 4.3; the creation time is in milliseconds, of whole seconds. */
  static ObjectNode of(AccountSummary user) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("name", user.userId());
    json.put("is_guest", user.guest());
    json.put("admin", user.admin());
    json.put("user_type", user.userType());
    json.put("deactivated", user.deactivated());
    json.put("erased", user.erased());
    json.put("shadow_banned", user.shadowBanned());
    json.put("locked", user.locked());
    json.put("displayname", user.displayname());
    json.put("avatar_url", user.avatarUrl());
    json.put("creation_ts", user.createdAt() / 1000 * 1000);
    json.put("last_seen_ts", user.lastSeenAt());
    return json;
  }
}
