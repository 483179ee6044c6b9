package dev.bailiff.worker.guard;

import dev.bailiff.guard.Asker;
import dev.bailiff.guard.GuardRails;
import dev.bailiff.guard.Spared;
import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Failure;
import dev.bailiff.homeserver.batch.Target;
import dev.bailiff.homeserver.counting.Counted;
import dev.bailiff.homeserver.counting.LeftOut;
import dev.bailiff.homeserver.counting.Numbers;
import dev.bailiff.job.store.TargetSpan;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stage with guard rails in front of it. It looks at the next targets before the stage gets them.
 * Those that are left alone fail, each with the reason, in a batch of their own: from then on no
 * stage gets them. A dry run leaves them out of its plan instead.
 *
 * <p>A batch that comes twice finds these targets failed, or counts them once, with its checkpoint.
 * Whether an admin is the last one can change until the account is closed, so the homeserver asks
 * for that once more, through the commit.
 */
public final class GuardedStage implements Stage {
  private static final Set<String> GUARDED =
      Set.of(KindContract.DRY_RUN, KindContract.PLAN, DeactivateUsersContract.CLOSE_ACCOUNT);

  private final Stage stage;
  private final GuardRails rails;
  private final StageServices services;

  private GuardedStage(Stage stage, GuardRails rails, StageServices services) {
    this.stage = stage;
    this.rails = rails;
    this.services = services;
  }

  /** The stage with guard rails, if targets of a job meet it before they are changed. */
  public static Stage of(Stage stage, GuardRails rails, StageServices services) {
    return GUARDED.contains(stage.name()) ? new GuardedStage(stage, rails, services) : stage;
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    var span = TargetSpan.parse(range);
    int from = after == null ? span.from() : number(after);
    var page = services.open(context.id(), from, span.to(), size);
    var terms = new TermsOfJob(services.targets(), context.id());
    var guarded = new GuardedCommit(commit, terms);
    if (page.isEmpty()) {
      return stage.work(context, range, after, size, guarded);
    }
    var targets = page.stream().map(TargetPage::asTarget).toList();
    var asker = new Asker(context.job().requester(), context.job().actingUser());
    var look = rails.look(targets, asker, terms);
    if (look.spared().isEmpty()) {
      int next = look.targets() == targets.size() ? size : look.targets();
      return stage.work(context, range, after, next, guarded);
    }
    if (!stage.name().equals(KindContract.DRY_RUN)) {
      return commit.record(failing(look.spared(), after == null ? cursor(from) : after));
    }
    int first = targets.indexOf(look.spared().get(0).target());
    return first > 0
        ? stage.work(context, range, after, first, guarded)
        : leaveOut(targets, look, span, size, commit);
  }

  private static BatchOutcome failing(List<Spared> spared, Cursor here) {
    var failures =
        spared.stream()
            .map(
                one ->
                    new Failure(
                        one.target().id(),
                        one.target().number(),
                        true,
                        403,
                        "M_FORBIDDEN",
                        one.rail().text(one.target().id())))
            .toList();
    return new BatchOutcome(0, 0, failures, List.of(), List.of(), here, null);
  }

  /** Leaves the first targets of a page out, up to one that is not to be left alone. */
  private static BatchOutcome leaveOut(
      List<Target> targets, GuardRails.Look look, TargetSpan span, int size, StageCommit commit) {
    int run = 0;
    while (run < look.spared().size() && look.spared().get(run).target().equals(targets.get(run))) {
      run++;
    }
    var leftOut =
        look.spared().subList(0, run).stream()
            .map(one -> new LeftOut(one.target().number(), one.rail().reason()))
            .toList();
    int behind = targets.get(run - 1).number() + 1;
    boolean isEnd = behind >= span.to() || (run == targets.size() && targets.size() < size);
    return commit.record(
        BatchOutcome.of(0, run, isEnd ? null : cursor(behind)),
        new Counted(run, Numbers.NONE, leftOut));
  }

  private static Cursor cursor(int number) {
    return new Cursor(Integer.toString(number));
  }

  private static int number(Cursor cursor) {
    int space = cursor.value().indexOf(' ');
    return Integer.parseInt(space < 0 ? cursor.value() : cursor.value().substring(0, space));
  }

  @Override
  public String name() {
    return stage.name();
  }

  @Override
  public Batches batches() {
    return stage.batches();
  }

  @Override
  public boolean groupsCommits() {
    return stage.groupsCommits();
  }

  @Override
  public boolean joinsStageBefore() {
    return stage.joinsStageBefore();
  }

  @Override
  public PlanPage plan(StageContext context, @Nullable Cursor after) {
    return stage.plan(context, after);
  }

  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    return stage.remaining(context, range, after, size);
  }
}
