package dev.bailiff.homeserver.store.roomdeletion;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaMentions;
import dev.bailiff.homeserver.store.event.DeletableMedia;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import java.util.LinkedHashSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The media that the events of a room show. */
final class RoomFiles {

  private RoomFiles() {}

  static ShownFiles page(
      Handle handle, String server, String room, @Nullable Cursor after, int size) {
    var shown = new LinkedHashSet<String>();
    var places =
        handle
            .createQuery(EventSql.ROOM_MEDIA)
            .bind("room", room)
            .bind("after", after == null ? Long.MIN_VALUE : Long.parseLong(after.value()))
            .bind("limit", size)
            .map(
                (rs, ctx) -> {
                  shown.addAll(MediaMentions.shown(EventJson.parse(rs.getString("content"))));
                  return rs.getLong("stream_ordering");
                })
            .list();
    return new ShownFiles(
        DeletableMedia.of(handle, server, shown),
        places.size() < size ? null : new Cursor(Long.toString(places.get(places.size() - 1))));
  }
}
