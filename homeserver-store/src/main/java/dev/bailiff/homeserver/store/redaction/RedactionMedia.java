package dev.bailiff.homeserver.store.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.ShownFiles;
import dev.bailiff.homeserver.media.MediaMentions;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.store.event.DeletableMedia;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.homeserver.store.event.EventSql;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The media that the candidates of a redaction show: the same events that the plan finds. */
final class RedactionMedia {
  private final Handle handle;
  private final String server;
  private final RedactionScope scope;
  private final Set<String> shown = new LinkedHashSet<>();

  RedactionMedia(Handle handle, String server, RedactionScope scope) {
    this.handle = handle;
    this.server = server;
    this.scope = scope;
  }

  ShownFiles page(@Nullable Cursor after, int size) {
    var place = RedactionPlan.Place.parse(after);
    long looked = 0;
    while (place.room() < scope.rooms().size() && looked < size) {
      long wanted = size - looked;
      if (scope.limit() != null) {
        wanted = Math.min(wanted, scope.limit() - place.taken());
      }
      var oldest = wanted <= 0 ? new long[0] : read(place, wanted);
      long taken = place.taken() + oldest.length;
      looked += oldest.length;
      boolean more =
          wanted > 0 && oldest.length == wanted && (scope.limit() == null || taken < scope.limit());
      place =
          more
              ? new RedactionPlan.Place(place.room(), oldest[oldest.length - 1], taken)
              : new RedactionPlan.Place(place.room() + 1, Long.MAX_VALUE, 0);
    }
    return new ShownFiles(
        DeletableMedia.of(handle, server, shown),
        place.room() < scope.rooms().size() ? place.cursor() : null);
  }

  /** Adds what some events show; returns their places in the order of arrival, newest first. */
  private long[] read(RedactionPlan.Place place, long wanted) {
    return RedactionPlan.bindScope(
            handle.createQuery(EventSql.REDACTION_MEDIA),
            scope,
            scope.rooms().get(place.room()),
            place.below())
        .bind("limit", wanted)
        .map(
            (rs, ctx) -> {
              shown.addAll(MediaMentions.shown(EventJson.parse(rs.getString("content"))));
              return rs.getLong("stream_ordering");
            })
        .list()
        .stream()
        .mapToLong(Long::longValue)
        .toArray();
  }
}
