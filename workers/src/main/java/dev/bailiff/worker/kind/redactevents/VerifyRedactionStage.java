package dev.bailiff.worker.kind.redactevents;

import dev.bailiff.homeserver.Target;
import dev.bailiff.homeserver.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.ArrayList;
import java.util.List;

/** Counts candidates that are not redacted. */
final class VerifyRedactionStage extends VerifyStage {
  /** Rooms of one statement: a user in 5,000 rooms is ten of them. */
  private static final int ROOMS_A_PAGE = 500;

  private final ScopePages scopes;

  VerifyRedactionStage(StageServices services) {
    super(services);
    this.scopes = new ScopePages(services.targets(), ROOMS_A_PAGE);
  }

  @Override
  public Batches batches() {
    return new Batches(20, 1000);
  }

  @Override
  protected List<Verdict> verify(StageContext context, List<OpenTarget> page) {
    return page.stream()
        .map(target -> verify(context, new Target(target.number(), target.id())))
        .toList();
  }

  private Verdict verify(StageContext context, Target user) {
    var leftOver = new ArrayList<String>();
    String after = null;
    do {
      var page = scopes.page(context, user, after);
      leftOver.addAll(services().homeserver().verifyRedaction(page.scope()).leftOver());
      after = page.next();
    } while (after != null);
    return new Verdict(user.number(), leftOver);
  }
}
