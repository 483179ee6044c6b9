package dev.bailiff.homeserver.store.media;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.media.MediaId;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.store.event.EventJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Finds local media in use as avatars (admin-api 5.14): of accounts, of members by membership
 * events, of rooms by their current state. There is no index from a medium to its uses: an index on
 * the contents of events would make every redaction more expensive. A job that keeps avatars
 * therefore walks all of them once.
 */
final class AvatarReads {

  private final Handle handle;
  private final String prefix;
  private final int size;
  private final Set<String> ids = new LinkedHashSet<>();

  AvatarReads(Handle handle, String server, int size) {
    this.handle = handle;
    this.prefix = "mxc://" + server + "/";
    this.size = size;
  }

  MediaPage page(@Nullable Cursor after) {
    Place place =
        after == null
            ? new Place("accounts", "", "", 0)
            : Place.parse(EventJson.parse(after.value()));
    Place next =
        switch (place.source) {
          case "accounts" -> accounts(place);
          case "members" -> members(place);
          default -> rooms(place);
        };
    return new MediaPage(List.copyOf(ids), next == null ? null : next.cursor());
  }

  private Place accounts(Place place) {
    List<String> users =
        handle
            .createQuery(MediaSql.AVATARS_OF_ACCOUNTS)
            .bind("after", place.key)
            .bind("size", size)
            .map(
                (rs, ctx) -> {
                  add(rs.getString("avatar_url"));
                  return rs.getString("user_id");
                })
            .list();
    return users.size() < size
        ? new Place("members", "", "", Long.MIN_VALUE)
        : new Place("accounts", users.get(users.size() - 1), "", 0);
  }

  private Place members(Place place) {
    List<Place> events =
        handle
            .createQuery(MediaSql.AVATARS_OF_MEMBERS)
            .bind("user", place.key)
            .bind("room", place.room)
            .bind("ordering", place.ordering)
            .bind("size", size)
            .map(
                (rs, ctx) -> {
                  addFrom(rs.getString("content"), "avatar_url");
                  return new Place(
                      "members",
                      rs.getString("state_key"),
                      rs.getString("room_id"),
                      rs.getLong("stream_ordering"));
                })
            .list();
    return events.size() < size ? new Place("rooms", "", "", 0) : events.get(events.size() - 1);
  }

  private @Nullable Place rooms(Place place) {
    List<String> rooms =
        handle
            .createQuery(MediaSql.AVATARS_OF_ROOMS)
            .bind("after", place.key)
            .bind("size", size)
            .map(
                (rs, ctx) -> {
                  addFrom(rs.getString("content"), "url");
                  return rs.getString("room_id");
                })
            .list();
    return rooms.size() < size ? null : new Place("rooms", rooms.get(rooms.size() - 1), "", 0);
  }

  private void addFrom(@Nullable String content, String key) {
    add(EventJson.parse(content).path(key).textValue());
  }

  private void add(@Nullable String uri) {
    if (uri == null || !uri.startsWith(prefix)) {
      return;
    }
    String id = uri.substring(prefix.length());
    // Anybody may write any text into an event, and the ids are stored: invalid ids are left out.
    if (MediaId.isValid(id)) {
      ids.add(id);
    }
  }

  /**
   * Where the next page goes on.
   *
   * @param source the kind of rows to look at
   * @param key user or room id
   */
  private record Place(String source, String key, String room, long ordering) {

    static Place parse(JsonNode json) {
      return new Place(
          json.required(0).textValue(),
          json.required(1).textValue(),
          json.required(2).textValue(),
          json.required(3).longValue());
    }

    Cursor cursor() {
      return new Cursor(
          EventJson.write(
              EventJson.object().arrayNode().add(source).add(key).add(room).add(ordering)));
    }
  }
}
