package dev.bailiff.gateway.admin.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.BodyKeys;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.schemas.kind.RedactEventsParameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of admin-api 4.34. Its schema is strict: a missing key alone is {@code M_MISSING_PARAM},
 * and any wrong type is {@code M_BAD_JSON}.
 */
final class UserRedactionBody {

  private UserRedactionBody() {}

  static RedactEventsParameters parse(ObjectNode body) {
    var reason = BodyKeys.text(body, "reason", Errcode.M_BAD_JSON);
    var limit = integer(body, "limit");
    var useAdmin = body.path("use_admin").isNull() ? null : useAdmin(body);
    var afterTs = integer(body, "after_ts");
    var beforeTs = integer(body, "before_ts");
    var rooms = body.has("rooms") ? rooms(body.path("rooms")) : null;
    if (rooms == null) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "Missing parameter: rooms");
    }
    if (limit != null && limit < 0) {
      throw ApiException.bad(
          Errcode.M_UNKNOWN,
          "If limit is provided it must be a non-negative integer greater than 0.");
    }
    return new RedactEventsParameters(
        rooms,
        reason,
        // No room holds more events than this.
        limit == null ? null : (int) Math.min(limit, Integer.MAX_VALUE),
        useAdmin,
        afterTs,
        beforeTs);
  }

  private static @Nullable Boolean useAdmin(ObjectNode body) {
    return body.has("use_admin")
        ? BodyKeys.bool(body, "use_admin", false, Errcode.M_BAD_JSON)
        : null;
  }

  private static @Nullable Long integer(ObjectNode body, String key) {
    var value = body.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'" + key + "' must be an integer");
    }
    return value.longValue();
  }

  private static List<String> rooms(JsonNode value) {
    var rooms = new ArrayList<String>();
    if (!value.isArray()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "'rooms' must be a list of strings");
    }
    for (JsonNode room : value) {
      if (!room.isTextual()) {
        throw ApiException.bad(Errcode.M_BAD_JSON, "'rooms' must be a list of strings");
      }
      if (room.textValue().equals(RedactEventsParameters.EVERY_ROOM)) {
        throw ApiException.bad(Errcode.M_INVALID_PARAM, "'*' is not the id of a room");
      }
      rooms.add(StorableText.require(room.textValue()));
    }
    return rooms;
  }
}
