package dev.bailiff.homeserver.synapse.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.redaction.RedactionScope;
import dev.bailiff.homeserver.synapse.batch.CursorJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans a redaction. A room is read twice if a limit may leave out its oldest candidates: the first
 * time they are counted. A room of one page is read once.
 */
record EventRanges(Candidates candidates) {
  private static final Duration TIME = Duration.ofSeconds(3);

  /**
   * The place of a plan.
   *
   * @param room index in the scope's list
   * @param from where the next page of the room begins; null for its start
   * @param counted candidates of the room so far
   * @param left candidates that are still to be left out; null while the room is counted
   */
  record Place(int room, @Nullable String from, long counted, @Nullable Long left) {}

  RangePage page(RedactionScope scope, @Nullable Cursor after) {
    var place = after == null ? atRoom(0, scope) : CursorJson.read(after.value(), Place.class);
    var ranges = new ArrayList<Range>();
    long end = System.nanoTime() + TIME.toNanos();
    boolean asked = false;
    while (place.room() < scope.rooms().size()) {
      if (asked && System.nanoTime() >= end) {
        return new RangePage(ranges, CursorJson.cursor(place));
      }
      asked = true;
      place = step(scope, place, ranges);
    }
    return new RangePage(ranges, null);
  }

  private Place step(RedactionScope scope, Place place, List<Range> ranges) {
    var room = scope.rooms().get(place.room());
    var user = scope.user();
    var page = candidates.page(user.id(), room, place.from(), scope.afterAt(), scope.beforeAt());
    long found = page.candidates().size();
    long counted = place.counted() + found;
    var limit = scope.limit();
    var left = place.left();
    if (left == null) {
      boolean whole = place.from() == null && page.next() == null;
      if (page.next() != null) {
        return new Place(place.room(), page.next(), counted, null);
      }
      long surplus = limit == null ? 0 : Math.max(0, counted - limit);
      if (!whole) {
        return new Place(place.room(), null, 0, surplus);
      }
      left = surplus;
    }
    int skip = (int) Math.min(left, found);
    if (found > skip) {
      var range =
          new EventRange(
              user.id(),
              user.number(),
              room,
              place.from(),
              skip,
              scope.afterAt(),
              scope.beforeAt());
      ranges.add(range.packed(found - skip));
    }
    return page.next() == null
        ? atRoom(place.room() + 1, scope)
        : new Place(place.room(), page.next(), counted, left - skip);
  }

  private static Place atRoom(int room, RedactionScope scope) {
    return new Place(room, null, 0, scope.limit() == null ? 0L : null);
  }
}
