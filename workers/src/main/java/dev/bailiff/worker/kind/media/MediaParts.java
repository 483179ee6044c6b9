package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaItem;
import dev.bailiff.homeserver.media.OwnedPage;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.worker.kind.RangePacker;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.media.MediaPart.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the media of a segment, batch by batch, through all its parts. Changes nothing. */
record MediaParts(StageServices services) {

  /** Some media of a part, and where the part goes on. */
  private record Page(List<MediaItem> items, @Nullable String next, @Nullable OwnedPage owned) {
    Page(List<MediaItem> items, @Nullable String next) {
      this(items, next, null);
    }
  }

  /**
   * Reads at most {@code size} media behind {@code after}. Reads fewer media, or no media, at the
   * end and when the time is over.
   */
  MediaBatch batch(StageContext context, String range, @Nullable Cursor after, int size) {
    var parts = RangePacker.unpack(range);
    var place = MediaCursor.of(after);
    if (place.rest() != null) {
      return rest(place, place.rest(), size, parts.size());
    }
    boolean asked = false;
    var items = new ArrayList<MediaItem>();
    long missing = 0;
    var swept = false;
    OwnedPage owned = null;
    while (place.number() < parts.size()
        && items.size() < size
        && !(asked && context.deadline().isOver())) {
      var planned = parts.get(place.number());
      var part = MediaPart.parse(planned);
      if (!items.isEmpty() && swept != (part.form() == Form.SWEPT)) {
        break;
      }
      swept = part.form() == Form.SWEPT;
      var page = page(context, part, place.within(), size - items.size());
      asked = true;
      if (!page.items().isEmpty()) {
        owned = items.isEmpty() ? page.owned() : null;
      }
      items.addAll(page.items());
      long seen = place.seen() + page.items().size();
      if (page.next() == null) {
        missing += Math.max(0, planned.items() - seen);
        place = MediaCursor.at(place.number() + 1, null);
      } else {
        place = new MediaCursor(place.number(), page.next(), seen, null);
      }
    }
    return new MediaBatch(items, swept, owned, missing, place, place.number() >= parts.size());
  }

  private static MediaBatch rest(MediaCursor place, MediaCursor.Rest rest, int size, int parts) {
    var items = rest.items();
    int end = Math.min(size, items.size());
    var more =
        end == items.size()
            ? null
            : new MediaCursor.Rest(items.subList(end, items.size()), rest.swept());
    return new MediaBatch(
        items.subList(0, end),
        rest.swept(),
        null,
        0,
        place.with(more),
        more == null && place.number() >= parts);
  }

  private Page page(StageContext context, MediaPart part, @Nullable String within, int size) {
    return switch (part.form()) {
      case NAMED -> named(context, part, within, size);
      case LISTED -> listed(context, part, within, size);
      case OWNED, SWEPT -> inRange(part, within, size);
    };
  }

  private Page named(StageContext context, MediaPart part, @Nullable String within, int size) {
    int from = Integer.parseInt(within == null ? part.from() : within);
    int to = Integer.parseInt(part.to());
    var page = services.open(context.id(), from, to, size);
    int last = page.isEmpty() ? to : page.get(page.size() - 1).number() + 1;
    return new Page(
        page.stream().map(target -> new MediaItem(target.number(), target.id())).toList(),
        page.size() < size || last >= to ? null : Integer.toString(last));
  }

  private Page listed(StageContext context, MediaPart part, @Nullable String within, int size) {
    var from = within == null ? part.from() : within;
    var ids =
        services
            .targets()
            .items(context.id(), part.target(), DeleteMediaContract.PAGE_MEDIA, from, size);
    int end = ids.indexOf(part.to());
    var mine = end < 0 ? ids : ids.subList(0, end + 1);
    boolean more = end < 0 && ids.size() == size;
    return new Page(items(part, mine), more ? mine.get(mine.size() - 1) : null);
  }

  private Page inRange(MediaPart part, @Nullable String within, int size) {
    var page =
        services
            .homeserver()
            .media()
            .media(new Range(part.from(), size), within == null ? null : new Cursor(within), size);
    var next = page.next();
    return new Page(items(part, page.ids()), next == null ? null : next.value(), page.page());
  }

  private static List<MediaItem> items(MediaPart part, List<String> ids) {
    return ids.stream().map(id -> new MediaItem(part.target(), id)).toList();
  }
}
