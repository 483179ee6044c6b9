package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.homeserver.media.MediaScope;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageJson;
import dev.bailiff.worker.kind.StageServices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the remaining media of a target that stands for many media, until the deadline. */
final class MediaCount {
  private static final int PAGE = 1000;

  private final StageServices services;
  private final StageContext context;
  private final OpenTarget target;
  private final MediaSelection selection;

  private long left;
  private @Nullable String after;
  private boolean ended;
  private List<Range> ranges = List.of();

  MediaCount(StageServices services, StageContext context, OpenTarget target) {
    this.services = services;
    this.context = context;
    this.target = target;
    this.selection = MediaSelection.of(context);
  }

  /**
   * The result of a count.
   *
   * @param left number of media counted so far
   * @param within where to go on; null at the end
   */
  record Counted(long left, @Nullable String within) {}

  /**
   * Where a count stopped.
   *
   * @param after the medium or page of ranges after which the count goes on
   * @param ended whether that was the last page
   * @param ranges ranges to be counted before that
   * @param inner place in the first of these ranges
   */
  private record Stop(
      long left,
      @Nullable String after,
      boolean ended,
      List<Range> ranges,
      @Nullable String inner) {}

  /** Continues a count from a place; null is the start. */
  Counted from(@Nullable String within) {
    var stop =
        within == null
            ? new Stop(0, null, false, List.of(), null)
            : StageJson.read(within, Stop.class);
    left = stop.left();
    after = stop.after();
    ended = stop.ended();
    ranges = stop.ranges();
    var inner = stop.inner();
    do {
      if (!ranges.isEmpty()) {
        inner = swept(ranges.get(0), inner);
        ranges = inner == null ? ranges.subList(1, ranges.size()) : ranges;
      } else if (selection.isListed() && !MediaSelection.isAll(target.id())) {
        listed();
      } else {
        planned();
      }
      if (ended && ranges.isEmpty()) {
        return new Counted(left, null);
      }
    } while (!context.deadline().isOver());
    return new Counted(left, StageJson.write(new Stop(left, after, ended, ranges, inner)));
  }

  private void listed() {
    var ids =
        services
            .targets()
            .items(context.id(), target.number(), DeleteMediaContract.PAGE_MEDIA, after, PAGE);
    if (ids.isEmpty()) {
      ended = true;
      after = null;
      return;
    }
    var found = services.homeserver().media().mediaLeft(ids);
    left += found.ids().size();
    ended = ids.size() < PAGE && found.asked() == ids.size();
    after = ended ? null : ids.get(found.asked() - 1);
  }

  private void planned() {
    MediaScope scope = selection.scope(target.id());
    if (scope == null) {
      ended = true;
      return;
    }
    var page =
        services
            .homeserver()
            .media()
            .mediaRanges(scope, after == null ? null : new Cursor(after), PAGE);
    if (MediaSelection.isAll(target.id())) {
      ranges = page.ranges();
    } else {
      left += page.ranges().stream().mapToLong(Range::items).sum();
    }
    var next = page.next();
    ended = next == null;
    after = next == null ? null : next.value();
  }

  /** Counts a page of a range of a sweep, without the avatars that the sweep keeps. */
  private @Nullable String swept(Range range, @Nullable String inner) {
    var page =
        services.homeserver().media().media(range, inner == null ? null : new Cursor(inner), PAGE);
    int kept =
        selection.keepsProfiles()
            ? new AvatarKeepList(services.targets())
                .among(context, target.number(), page.ids())
                .size()
            : 0;
    left += page.ids().size() - kept;
    var next = page.next();
    return next == null ? null : next.value();
  }
}
