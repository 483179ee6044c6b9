package dev.bailiff.gateway.admin.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.account.ThreepidKey;
import org.jspecify.annotations.Nullable;

/**
 * The body of a login by password (admin-api 5.32), checked in the order of its errors.
 *
 * @param user localpart or user id; null if {@code threepid} names the user
 */
record LoginBody(
    String password,
    @Nullable String user,
    @Nullable ThreepidKey threepid,
    @Nullable String deviceId,
    @Nullable String displayName) {
  private static final String BY_PASSWORD = "m.login.password";
  private static final String BY_TOKEN = "m.login.token";
  private static final String BY_APPLICATION_SERVICE = "m.login.application_service";

  /**
   * The name that the client gives to the user, who need not exist. It is a user id, even if the
   * client sent only the localpart; or it is medium and address as they are stored.
   *
   * @param server name of this server
   */
  String name(String server) {
    if (threepid != null) {
      var key = threepid.canonical();
      return key.medium() + " " + key.address();
    }
    var named = user == null ? "" : user;
    return named.startsWith("@") ? named : "@" + named + ":" + server;
  }

  static LoginBody parse(ObjectNode body) {
    BodyKeys.bool(body, "refresh_token", false, Errcode.M_UNKNOWN);
    var type = type(body);
    if (type.equals(BY_TOKEN)) {
      throw byToken(body);
    }
    if (type.equals(BY_APPLICATION_SERVICE)) {
      // This login is offered, as Synapse always does, but no token of a service is known here.
      throw new ApiException(401, Errcode.M_MISSING_TOKEN, "Missing access token");
    }
    if (type.equals(BY_PASSWORD) && !body.path("password").isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Bad parameter: password");
    }
    var deviceId = BodyKeys.text(body, "device_id", Errcode.M_INVALID_PARAM);
    var displayName = BodyKeys.text(body, "initial_device_display_name", Errcode.M_INVALID_PARAM);
    var threepid = threepid(body);
    var user = threepid == null ? user(body) : null;
    if (!type.equals(BY_PASSWORD)) {
      throw unknownType();
    }
    return new LoginBody(body.path("password").textValue(), user, threepid, deviceId, displayName);
  }

  static ApiException unknownType() {
    return ApiException.bad(Errcode.M_UNKNOWN, "Unknown login type");
  }

  private static String type(ObjectNode body) {
    var type = body.get("type");
    if (type == null) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Missing JSON keys.");
    }
    if (!type.isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Bad parameter: type");
    }
    return type.textValue();
  }

  /** Refuses every token: this server never gives out tokens for a login. */
  private static ApiException byToken(ObjectNode body) {
    return body.path("token").isTextual()
        ? new ApiException(403, Errcode.M_FORBIDDEN, "Invalid login token")
        : ApiException.bad(Errcode.M_UNKNOWN, "Missing token");
  }

  /**
   * The third-party id that names the user, at the top level or in the identifier; null if a user
   * name names the user. At the top level, empty values count as absent.
   */
  private static @Nullable ThreepidKey threepid(ObjectNode body) {
    if (isGiven(body, "medium") && isGiven(body, "address")) {
      return threepidOf(body);
    }
    if (isGiven(body, "user")) {
      return null;
    }
    var identifier = identifier(body);
    return switch (identifier.path("type").asText()) {
      case "m.id.thirdparty" -> threepidOf(identifier);
      case "m.id.user" -> null;
      default -> throw ApiException.bad(Errcode.M_UNKNOWN, "Unknown login identifier type");
    };
  }

  private static boolean isGiven(ObjectNode body, String key) {
    var value = body.path(key);
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isTextual() && value.textValue().isEmpty());
  }

  private static ThreepidKey threepidOf(JsonNode holder) {
    if (!holder.has("medium") || !holder.has("address")) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Invalid thirdparty identifier");
    }
    var key = new ThreepidKey(text(holder, "medium"), text(holder, "address"));
    if (key.medium().equals("email") && key.address().chars().filter(c -> c == '@').count() != 1) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "Unable to parse email address");
    }
    return key;
  }

  private static String user(ObjectNode body) {
    var holder = isGiven(body, "user") ? body : identifier(body);
    if (!holder.has("user")) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "User identifier is missing 'user' key");
    }
    var user = text(holder, "user");
    if (user.isEmpty()) {
      throw ApiException.bad(Errcode.M_UNKNOWN, "The user name is empty");
    }
    return user;
  }

  private static JsonNode identifier(ObjectNode body) {
    var identifier = body.path("identifier");
    if (!isGiven(body, "identifier") || (identifier.isContainerNode() && identifier.isEmpty())) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "Missing param: identifier");
    }
    if (!identifier.has("type")) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "'identifier' dict has no key 'type'");
    }
    return identifier;
  }

  private static String text(JsonNode holder, String key) {
    var value = holder.path(key);
    if (!value.isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + key + "' must be a string");
    }
    return StorableText.require(value.textValue());
  }
}
