package dev.bailiff.worker.kind.media;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Range;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.DeleteMediaContract;
import dev.bailiff.worker.kind.RangePacker;
import dev.bailiff.worker.kind.Stage.PlanPage;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans one page of {@code delete}: targets become parts, and parts are packed into segments. */
final class MediaPlan {
  private static final int TARGETS_A_PAGE = 1000;
  private static final int LOOKUPS_A_PAGE = 100;

  private final StageServices services;
  private final StageContext context;
  private final MediaSelection selection;
  private final int segmentItems;
  private final RangePacker packer;
  private final List<Failure> failures = new ArrayList<>();

  // A run of neighbouring targets that are media.
  private int runFrom;
  private int runTo;
  private int runItems;
  private int lookups;

  MediaPlan(StageServices services, StageContext context, int segmentItems) {
    this.services = services;
    this.context = context;
    this.selection = MediaSelection.of(context);
    this.segmentItems = segmentItems;
    this.packer = new RangePacker(segmentItems);
  }

  PlanPage page(@Nullable Cursor after) {
    var place = MediaCursor.of(after);
    int count = context.job().targetCount();
    var targets = services.open(context.id(), place.number(), count, TARGETS_A_PAGE);
    for (var target : targets) {
      if (MediaSelection.isMedium(target.id())) {
        addNamed(target.number());
        continue;
      }
      var rest = addAll(target, place.withinOf(target.number()));
      if (rest != null) {
        return result(MediaCursor.at(target.number(), rest).cursor());
      }
    }
    boolean end = targets.size() < TARGETS_A_PAGE;
    int last = targets.isEmpty() ? count : targets.get(targets.size() - 1).number() + 1;
    return result(end ? null : MediaCursor.at(last, null).cursor());
  }

  private PlanPage result(@Nullable Cursor next) {
    endRun();
    return new PlanPage(packer.page(next).segments(), failures, next);
  }

  private void addNamed(int number) {
    if (runItems == segmentItems) {
      endRun();
    }
    runFrom = runItems == 0 ? number : runFrom;
    runTo = number + 1;
    runItems++;
  }

  private void endRun() {
    if (runItems > 0) {
      packer.add(MediaPart.named(runFrom, runTo).toRange(runItems));
      runItems = 0;
    }
  }

  /**
   * Adds the media of a target. Returns where to go on if a page cannot hold them all; otherwise
   * null.
   */
  private @Nullable String addAll(OpenTarget target, @Nullable String from) {
    endRun();
    if (MediaSelection.isAll(target.id()) && !mayBeSwept(target.number())) {
      return null;
    }
    var within = from;
    do {
      if (lookups > 0 && context.deadline().isOver() || lookups++ >= LOOKUPS_A_PAGE) {
        // "" stands for the start. A target without a place would be planned from its start as
        // well.
        return within == null ? "" : within;
      }
      var after = within == null || within.isEmpty() ? null : within;
      within =
          selection.isListed() && !MediaSelection.isAll(target.id())
              ? addListed(target.number(), after)
              : addScope(target, after);
    } while (within != null);
    return null;
  }

  private @Nullable String addListed(int target, @Nullable String after) {
    var from = after == null ? "" : after;
    var ids =
        services
            .targets()
            .items(context.id(), target, DeleteMediaContract.PAGE_MEDIA, from, segmentItems);
    if (ids.isEmpty()) {
      return null;
    }
    var last = ids.get(ids.size() - 1);
    packer.add(MediaPart.listed(target, from, last).toRange(ids.size()));
    return ids.size() < segmentItems ? null : last;
  }

  private @Nullable String addScope(OpenTarget target, @Nullable String after) {
    var scope = selection.scope(target.id());
    if (scope == null) {
      return null;
    }
    var page =
        services
            .homeserver()
            .media()
            .mediaRanges(scope, after == null ? null : new Cursor(after), segmentItems);
    for (Range range : page.ranges()) {
      packer.add(
          MediaPart.of(target.number(), scope.sweep() != null, range).toRange(range.items()));
    }
    var next = page.next();
    return next == null ? null : next.value();
  }

  /** Whether a sweep may go on: without the full list of avatars it would delete some of them. */
  private boolean mayBeSwept(int target) {
    boolean known =
        !selection.keepsProfiles()
            || new AvatarKeepList(services.targets()).isComplete(context, target);
    if (selection.sweep() != null && known) {
      return true;
    }
    failures.add(
        new Failure(
            "*", target, true, 500, "M_UNKNOWN", "it is not known which media are to be kept"));
    return false;
  }
}
