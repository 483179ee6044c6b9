package dev.bailiff.testing.homeserver.contract;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.batch.RangePage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads plans to their end. */
final class Ranges {
  private Ranges() {}

  /** All pages of a plan. */
  static List<Range> of(Function<@Nullable Cursor, RangePage> plan) {
    List<Range> ranges = new ArrayList<>();
    Cursor cursor = null;
    do {
      RangePage page = plan.apply(cursor);
      ranges.addAll(page.ranges());
      cursor = page.next();
    } while (cursor != null);
    return ranges;
  }

  /** How many items ranges have. */
  static long items(List<Range> ranges) {
    return ranges.stream().mapToLong(Range::items).sum();
  }
}
