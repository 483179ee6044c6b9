package dev.bailiff.gateway.admin.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.StorableText;
import dev.bailiff.homeserver.store.account.ExternalId;
import dev.bailiff.homeserver.store.account.ThreepidKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads {@code threepids} and {@code external_ids} of admin-api 4.2, checks 2 and 3. */
final class IdListKeys {

  private IdListKeys() {}

  static @Nullable List<ThreepidKey> threepids(@Nullable JsonNode value) {
    return pairs(value, "threepids", List.of("medium", "address"), ThreepidKey::new);
  }

  static @Nullable List<ExternalId> externalIds(@Nullable JsonNode value) {
    return pairs(value, "external_ids", List.of("auth_provider", "external_id"), ExternalId::new);
  }

  private static <T> @Nullable List<T> pairs(
      @Nullable JsonNode value,
      String name,
      List<String> keys,
      BiFunction<String, String, T> pair) {
    if (value == null || value.isNull()) {
      return null;
    }
    if (value.isTextual() ? value.textValue().isEmpty() : value.isObject() && value.isEmpty()) {
      return List.of();
    }
    if (value.isTextual() || value.isObject()) {
      throw ApiException.bad(Errcode.M_MISSING_PARAM, "'" + name + "' must be a list");
    }
    if (!value.isArray()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + name + "' must be a list");
    }
    var pairs = new ArrayList<T>();
    for (JsonNode entry : value) {
      if (!entry.isObject()) {
        throw ApiException.bad(
            Errcode.M_INVALID_PARAM, "An entry of '" + name + "' must be an object");
      }
      for (String key : keys) {
        if (!entry.has(key)) {
          throw ApiException.bad(
              Errcode.M_MISSING_PARAM, "An entry of '" + name + "' lacks '" + key + "'");
        }
      }
      pairs.add(pair.apply(text(entry, keys.get(0)), text(entry, keys.get(1))));
    }
    return pairs;
  }

  private static String text(JsonNode entry, String key) {
    var value = entry.get(key);
    if (!value.isTextual()) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + key + "' must be a string");
    }
    var text = StorableText.require(value.textValue());
    if (!StorableText.fitsInPair(text)) {
      throw ApiException.bad(Errcode.M_INVALID_PARAM, "'" + key + "' is too long");
    }
    return text;
  }
}
