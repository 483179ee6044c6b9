package dev.bailiff.worker.kind.redaction;

import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageJson;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.List;
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
  protected Look look(StageContext context, TargetPage page) {
    return eachOf(context, page, (user, within) -> look(context, user, LookCursor.of(within)));
  }

  private LookAtOne look(StageContext context, OpenTarget user, LookCursor from) {
    var leftOver = new ArrayList<>(from.leftOver());
    var after = from.afterRoom();
    do {
      var page = scopes.page(context, TargetPage.asTarget(user), after);
      leftOver.addAll(services().homeserver().redaction().verifyRedaction(page.scope()).leftOver());
      after = page.next();
    } while (after != null && !context.deadline().isOver());
    return after == null
        ? LookAtOne.found(leftOver)
        : LookAtOne.stopped(new LookCursor(after, leftOver).text());
  }

  /**
   * Where the check of a user goes on.
   *
   * @param leftOver candidates found so far
   */
  private record LookCursor(@Nullable String afterRoom, List<String> leftOver) {
    static LookCursor of(@Nullable String text) {
      return text == null
          ? new LookCursor(null, List.of())
          : StageJson.read(text, LookCursor.class);
    }

    String text() {
      return StageJson.write(this);
    }
  }
}
