package dev.bailiff.gateway.admin.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.request.QueryParameters;
import dev.bailiff.homeserver.store.timeline.EventFilter;
import dev.bailiff.homeserver.store.timeline.EventFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code filter} of the calls that read the history of a room (admin-api 5.8, 5.42).
 */
final class EventQuery {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private EventQuery() {}

  /** Absent, {@code {}}, {@code []} and {@code null} filter nothing. */
  static EventFilter filter(QueryParameters query) {
    return query.utf8("filter").map(EventQuery::parse).orElse(EventFilter.NONE);
  }

  private static EventFilter parse(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw ApiException.bad(Errcode.M_NOT_JSON, "Query parameter filter is not JSON");
    }
    if (json.isMissingNode()) {
      throw ApiException.bad(Errcode.M_NOT_JSON, "Query parameter filter is empty");
    }
    if (json.isNull() || (json.isArray() && json.isEmpty())) {
      return EventFilter.NONE;
    }
    if (!json.isObject()) {
      throw ApiException.bad(Errcode.M_BAD_JSON, "Query parameter filter must be a JSON object");
    }
    var url = json.get("contains_url");
    return new EventFilter(
        texts(json, "types"),
        texts(json, "not_types"),
        texts(json, "senders"),
        texts(json, "not_senders"),
        texts(json, "rooms"),
        texts(json, "not_rooms"),
        url == null || url.isNull() ? null : url.asBoolean(),
        json.path("lazy_load_members").asBoolean(),
        json.path("event_format").asText().equals("federation")
            ? EventFormat.FEDERATION
            : EventFormat.CLIENT_WITH_PREVIOUS);
  }

  private static @Nullable List<String> texts(JsonNode json, String key) {
    var value = json.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    var texts = new ArrayList<String>();
    for (JsonNode item : value) {
      texts.add(item.textValue());
    }
    if (!value.isArray() || texts.contains(null)) {
      throw ApiException.bad(
          Errcode.M_BAD_JSON, "'" + key + "' of the filter must be a list of strings");
    }
    return texts;
  }
}
