package dev.bailiff.worker.kind.redaction;

import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.text.CountedNoun;
import dev.bailiff.worker.kind.ShownMediaLeft;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageJson;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Counts candidates that are not redacted. */
final class VerifyRedactionStage extends VerifyStage {
  /** Number of rooms that one statement checks: a user in 5,000 rooms takes ten statements. */
  private static final int ROOMS_A_PAGE = 500;

  private final ScopePages scopes;

  VerifyRedactionStage(StageServices services) {
    super(services);
    this.scopes =
        new ScopePages(
            services.targets(),
            Math.min(ROOMS_A_PAGE, services.homeserver().traits().targetsASegment()));
  }

  @Override
  public Batches batches() {
    return new Batches(20, 1000);
  }

  @Override
  public Look look(StageContext context, TargetPage page) {
    return eachOf(context, page, (user, within) -> look(context, user, LookCursor.of(within)));
  }

  private LookAtOne look(StageContext context, OpenTarget user, LookCursor from) {
    var place = from;
    do {
      var page = scopes.page(context, TargetPage.asTarget(user), place.afterRoom());
      var part = services().homeserver().redaction().eventsLeft(page.scope(), place.inRooms());
      long left = place.left() + part.count();
      var next = part.next();
      if (next == null && page.next() == null) {
        var found = new ArrayList<String>();
        if (left > 0) {
          found.add(CountedNoun.of(left, "event"));
        }
        if (NoteRedactedMediaStage.isWanted(context)) {
          found.addAll(new ShownMediaLeft(services()).of(context, user));
        }
        return LookAtOne.found(found);
      }
      place =
          next == null
              ? new LookCursor(page.next(), null, left)
              : new LookCursor(place.afterRoom(), next.value(), left);
    } while (!context.deadline().isOver());
    return LookAtOne.stopped(place.text());
  }

  /**
   * Where the check of a user goes on.
   *
   * @param afterRoom the room before the page of rooms; null for the first page
   * @param within the homeserver's place in that page; null for its start
   * @param left candidates found so far
   */
  private record LookCursor(@Nullable String afterRoom, @Nullable String within, long left) {
    static LookCursor of(@Nullable String text) {
      return text == null ? new LookCursor(null, null, 0) : StageJson.read(text, LookCursor.class);
    }

    @Nullable Cursor inRooms() {
      return within == null ? null : new Cursor(within);
    }

    String text() {
      return StageJson.write(this);
    }
  }
}
