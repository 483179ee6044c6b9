package dev.bailiff.homeserver.store.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.store.event.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * Media of a scope between two places, the first excluded, the last included.
 *
 * @param items number of media when the range was planned
 */
record MediaRange(MediaScope scope, Place after, Place upto, long items) {

  /** A place in the order of a scope: a time and a media id. */
  record Place(long at, String mediaId) {
    static final Place START = new Place(Long.MIN_VALUE, "");

    static Place of(@Nullable Cursor cursor, Place otherwise) {
      return cursor == null ? otherwise : parse(EventJson.parse(cursor.value()));
    }

    private static Place parse(JsonNode json) {
      return new Place(json.required(0).longValue(), json.required(1).textValue());
    }

    private JsonNode json() {
      return EventJson.object().arrayNode().add(at).add(mediaId);
    }

    Cursor cursor() {
      return new Cursor(EventJson.write(json()));
    }
  }

  Range toRange() {
    ObjectNode json = EventJson.object();
    MediaSweep sweep = scope.sweep();
    if (sweep == null) {
      json.put("user", scope.user());
    } else {
      json.put("before", sweep.beforeAt()).put("larger", sweep.largerThan());
    }
    json.set("after", after.json());
    json.set("upto", upto.json());
    return new Range(EventJson.write(json), items);
  }

  static MediaRange parse(Range range) {
    JsonNode json = EventJson.parse(range.value());
    MediaScope scope =
        json.has("user")
            ? MediaScope.of(json.required("user").textValue())
            : MediaScope.of(
                new MediaSweep(
                    json.required("before").longValue(), json.required("larger").longValue()));
    return new MediaRange(
        scope,
        Place.parse(json.required("after")),
        Place.parse(json.required("upto")),
        range.items());
  }
}
