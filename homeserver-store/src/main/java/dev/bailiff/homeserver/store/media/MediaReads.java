package dev.bailiff.homeserver.store.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.media.MediaPage;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.homeserver.media.MediaSweep;
import dev.bailiff.homeserver.media.MediaUri;
import dev.bailiff.homeserver.store.media.MediaRange.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads for the plans and verifications of media jobs. */
final class MediaReads {

  /** Ranges of a page: with 200 media each, the statement takes a few milliseconds. */
  private static final int PAGE = 64;

  private MediaReads() {}

  static RangePage ranges(Handle handle, MediaScope scope, @Nullable Cursor after, int size) {
    Place from = Place.of(after, Place.START);
    long limit = (long) size * PAGE;
    List<Bound> bounds =
        bindScope(
                handle.createQuery(
                    scope.sweep() == null ? MediaSql.RANGES_OF_USER : MediaSql.RANGES_OF_SWEEP),
                scope)
            .bind("afterAt", from.at())
            .bind("afterId", from.mediaId())
            .bind("size", size)
            .bind("limit", limit)
            .map(
                (rs, ctx) ->
                    new Bound(
                        new Place(rs.getLong("at"), rs.getString("media_id")), rs.getLong("n")))
            .list();
    List<Range> ranges = new ArrayList<>();
    Place begin = from;
    long before = 0;
    for (Bound bound : bounds) {
      ranges.add(new MediaRange(scope, begin, bound.place, bound.number - before).toRange());
      begin = bound.place;
      before = bound.number;
    }
    return new RangePage(ranges, before == limit ? begin.cursor() : null);
  }

  static MediaPage page(Handle handle, Range range, @Nullable Cursor after, int size) {
    MediaRange wanted = MediaRange.parse(range);
    Place from = Place.of(after, wanted.after());
    List<Place> places =
        bindScope(
                handle.createQuery(
                    wanted.scope().sweep() == null
                        ? MediaSql.IN_RANGE_OF_USER
                        : MediaSql.IN_RANGE_OF_SWEEP),
                wanted.scope())
            .bind("afterAt", from.at())
            .bind("afterId", from.mediaId())
            .bind("uptoAt", wanted.upto().at())
            .bind("uptoId", wanted.upto().mediaId())
            .bind("size", size)
            .map((rs, ctx) -> new Place(rs.getLong("at"), rs.getString("media_id")))
            .list();
    Place last = places.isEmpty() ? wanted.upto() : places.get(places.size() - 1);
    boolean more = places.size() == size && !last.equals(wanted.upto());
    return new MediaPage(places.stream().map(Place::mediaId).toList(), more ? last.cursor() : null);
  }

  static List<String> left(Handle handle, String server, List<String> names) {
    List<MediaUri> media = names.stream().map(name -> MediaUri.of(name, server)).toList();
    List<MediaUri> copies = media.stream().filter(uri -> !uri.server().equals(server)).toList();
    List<String> own =
        media.stream().filter(uri -> uri.server().equals(server)).map(MediaUri::id).toList();
    Set<MediaUri> left =
        new HashSet<>(
            handle
                .createQuery(MediaSql.LEFT)
                .bindArray("ids", String.class, own)
                .map((rs, ctx) -> new MediaUri(server, rs.getString("media_id")))
                .list());
    if (!copies.isEmpty()) {
      left.addAll(RemoteCopies.of(handle, copies).left());
    }
    return names.stream().filter(name -> left.contains(MediaUri.of(name, server))).toList();
  }

  private static Query bindScope(Query query, MediaScope scope) {
    MediaSweep sweep = scope.sweep();
    return sweep == null
        ? query.bind("user", scope.user())
        : query.bind("beforeAt", sweep.beforeAt()).bind("largerThan", sweep.largerThan());
  }

  /** The last medium of a range, and its number in the page. */
  private record Bound(Place place, long number) {}
}
