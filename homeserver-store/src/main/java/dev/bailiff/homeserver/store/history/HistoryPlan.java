package dev.bailiff.homeserver.store.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.homeserver.history.HistoryScope;
import dev.bailiff.homeserver.store.event.EventJson;
import dev.bailiff.text.CountedNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events of a room's history to purge, and those left after a purge. Reads only. */
final class HistoryPlan {

  /** Ranges of a page, and events of a page: a statement takes well under a second. */
  private static final int PAGE = 64;

  private static final long PAGE_EVENTS = 500_000;

  /**
   * Number of depths that one statement of a verification spans: each depth has about one event,
   * which leaves a dead index entry until the next vacuum. The number of statements is bounded for
   * rooms with extreme depths.
   */
  private static final long SLICE = 1_000_000;

  private static final long MOST_SLICES = 1_000;

  private HistoryPlan() {}

  static RangePage ranges(Handle handle, HistoryScope scope, @Nullable Cursor after, int size) {
    HistoryCutOff cutOff = HistoryCutOff.parse(scope.cutOff());
    HistoryPlace end = HistoryPlace.before(cutOff.depth());
    HistoryPlace from = after == null ? HistoryPlace.before(cutOff.lowest()) : place(after);
    List<Range> ranges = new ArrayList<>();
    for (long events = 0; ranges.size() < PAGE && events < PAGE_EVENTS; ) {
      Optional<HistorySlice.Bound> bound =
          new HistorySlice(scope.room().id(), from, end, cutOff.planned()).bound(handle, size);
      if (bound.isEmpty()) {
        return new RangePage(ranges, null);
      }
      HistoryPlace to = bound.get().end();
      long items = bound.get().items();
      ranges.add(
          new HistoryRange(
                  scope.room().id(), from, to, cutOff.planned(), scope.localEvents(), items)
              .toRange());
      if (items < size) {
        return new RangePage(ranges, null);
      }
      from = to;
      events += items;
    }
    return new RangePage(ranges, new Cursor("[" + from.depth() + "," + from.arrival() + "]"));
  }

  private static HistoryPlace place(Cursor cursor) {
    JsonNode json = EventJson.parse(cursor.value());
    return new HistoryPlace(json.required(0).longValue(), json.required(1).longValue());
  }

  static Verdict verify(Handle handle, String server, HistoryScope scope) {
    long left = left(handle, server, scope);
    return new Verdict(
        scope.room().number(), left == 0 ? List.of() : List.of(CountedNoun.of(left, "event")));
  }

  /** How many events of a scope are to be deleted or detached. */
  static long left(Handle handle, String server, HistoryScope scope) {
    HistoryCutOff cutOff = HistoryCutOff.parse(scope.cutOff());
    long left = 0;
    for (long from = cutOff.lowest(); from < cutOff.depth(); ) {
      long to = sliceEnd(from, cutOff);
      left +=
          new HistorySlice(
                  scope.room().id(),
                  HistoryPlace.before(from),
                  HistoryPlace.before(to),
                  cutOff.planned())
              .left(handle, server, scope.localEvents());
      from = to;
    }
    return left;
  }

  /**
   * The end of a slice. Depths come from other servers and may be any number: a sum that overflows
   * ends at the cut-off.
   */
  private static long sliceEnd(long from, HistoryCutOff cutOff) {
    long span = cutOff.depth() - cutOff.lowest();
    long width = span < 0 ? Long.MAX_VALUE / MOST_SLICES : Math.max(SLICE, span / MOST_SLICES);
    long to = from + width;
    return to < from ? cutOff.depth() : Math.min(to, cutOff.depth());
  }
}
