package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.worker.kind.Stage.PlanPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs small ranges into segments that are worth a command. For example, a spammer with one
 * message in each of 5,000 rooms takes about 20 segments, not 5,000.
 */
public final class RangePacker {
  /** Keeps the text of a segment's range below 64 KiB. */
  private static final int MOST_RANGES = 250;

  private final int segmentItems;
  private final List<Range> segments = new ArrayList<>();
  private final List<Range> open = new ArrayList<>();
  private long openItems;

  /**
   * @param segmentItems approximate number of items of a segment
   */
  public RangePacker(int segmentItems) {
    this.segmentItems = segmentItems;
  }

  /** Adds a range after those added before. */
  public void add(Range range) {
    if (openItems + range.items() > segmentItems || open.size() == MOST_RANGES) {
      flush();
    }
    open.add(range);
    openItems += range.items();
  }

  /** All added ranges, as a page of a plan. */
  public PlanPage page(@Nullable Cursor next) {
    flush();
    return new PlanPage(List.copyOf(segments), List.of(), next);
  }

  private void flush() {
    if (!open.isEmpty()) {
      segments.add(new Range(StageJson.write(open), openItems));
      open.clear();
      openItems = 0;
    }
  }

  /** The ranges of a segment. */
  public static List<Range> unpack(String text) {
    return StageJson.readList(text, Range.class);
  }
}
