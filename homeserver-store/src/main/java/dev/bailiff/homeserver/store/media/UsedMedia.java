package dev.bailiff.homeserver.store.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaMentions;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds all media that an account or an event names. There is no index from a medium to its uses
 * (see {@link AvatarReads}), so a job that asks for it walks once over all accounts and events.
 */
final class UsedMedia {
  private final Handle handle;
  private final int size;
  private final Set<String> named = new LinkedHashSet<>();

  UsedMedia(Handle handle, int size) {
    this.handle = handle;
    this.size = size;
  }

  ShownFiles page(@Nullable Cursor after) {
    var place = after == null ? Place.START : Place.parse(EventJson.parse(after.value()));
    var next = place.inEvents() ? events(place) : accounts(place);
    return new ShownFiles(List.copyOf(named), next == null ? null : next.cursor());
  }

  private Place accounts(Place place) {
    List<String> users =
        handle
            .createQuery(MediaSql.AVATARS_OF_ACCOUNTS)
            .bind("after", place.key())
            .bind("size", size)
            .map(
                (rs, ctx) -> {
                  var avatar = rs.getString("avatar_url");
                  if (avatar != null) {
                    named.add(avatar);
                  }
                  return rs.getString("user_id");
                })
            .list();
    return users.size() < size
        ? new Place(true, "", Long.MIN_VALUE)
        : new Place(false, users.get(users.size() - 1), 0);
  }

  private @Nullable Place events(Place place) {
    List<Place> events =
        handle
            .createQuery(EventSql.ALL_MEDIA)
            .bind("room", place.key())
            .bind("after", place.ordering())
            .bind("limit", size)
            .map(
                (rs, ctx) -> {
                  named.addAll(MediaMentions.named(EventJson.parse(rs.getString("content"))));
                  return new Place(true, rs.getString("room_id"), rs.getLong("stream_ordering"));
                })
            .list();
    return events.size() < size ? null : events.get(events.size() - 1);
  }

  /**
   * Where the next page goes on: first all accounts, then all events.
   *
   * @param key user or room id
   */
  private record Place(boolean inEvents, String key, long ordering) {
    static final Place START = new Place(false, "", 0);

    static Place parse(JsonNode json) {
      return new Place(
          json.required(0).booleanValue(),
          json.required(1).textValue(),
          json.required(2).longValue());
    }

    Cursor cursor() {
      return new Cursor(EventJson.write(EventJson.array().add(inEvents).add(key).add(ordering)));
    }
  }
}
