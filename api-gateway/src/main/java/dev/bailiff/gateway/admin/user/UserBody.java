package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.auth.Passwords;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.gateway.request.UserId;
import dev.bailiff.homeserver.store.account.ExternalId;
import dev.bailiff.homeserver.store.account.ThreepidKey;
import dev.bailiff.homeserver.store.list.Patch;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of admin-api 4.2 after the checks that come before any look at the stored user. A value
 * is null if its key was not sent.
 *
 * @param displayname as sent, of any JSON type
 * @param avatarUrl as sent, of any JSON type
 */
record UserBody(
    UserId user,
    @Nullable JsonNode displayname,
    @Nullable JsonNode avatarUrl,
    @Nullable List<ThreepidKey> threepids,
    @Nullable List<ExternalId> externalIds,
    @Nullable Patch<String> userType,
    @Nullable Boolean admin,
    @Nullable String password,
    boolean logoutDevices,
    @Nullable Boolean deactivated,
    @Nullable Boolean locked) {
  static UserBody parse(UserId user, ObjectNode body, Set<String> userTypes) {
    // In the order of the specification's list of checks.
    var threepids = IdListKeys.threepids(body.get("threepids"));
    var externalIds = IdListKeys.externalIds(body.get("external_ids"));
    var userType = userType(body, userTypes);
    var admin = flag(body, "admin", Errcode.M_BAD_JSON);
    var password = password(body);
    boolean logoutDevices = BodyKeys.bool(body, "logout_devices", true, Errcode.M_UNKNOWN);
    var deactivated = flag(body, "deactivated", Errcode.M_UNKNOWN);
    var locked = flag(body, "locked", Errcode.M_UNKNOWN);
    if (Boolean.TRUE.equals(deactivated) && Boolean.TRUE.equals(locked)) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "A user cannot be deactivated and locked at once");
    }
    return new UserBody(
        user,
        body.get("displayname"),
        body.get("avatar_url"),
        threepids,
        externalIds,
        userType,
        admin,
        password,
        logoutDevices,
        deactivated,
        locked);
  }

  /** Whether the request asks for deactivation. */
  boolean deactivates() {
    return Boolean.TRUE.equals(deactivated);
  }

  private static @Nullable Boolean flag(ObjectNode body, String key, Errcode wrongType) {
    return body.has(key) ? BodyKeys.bool(body, key, false, wrongType) : null;
  }

  private static @Nullable Patch<String> userType(ObjectNode body, Set<String> allowed) {
    var value = body.get("user_type");
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      return new Patch<>(null);
    }
    if (!value.isTextual() || !allowed.contains(value.textValue())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Invalid user type");
    }
    return new Patch<>(value.textValue());
  }

  private static @Nullable String password(ObjectNode body) {
    var value = body.get("password");
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || Passwords.isTooLong(value.textValue())) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Invalid password");
    }
    return StorableText.require(value.textValue());
  }
}
