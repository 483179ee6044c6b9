package dev.bailiff.worker.kind;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.schemas.kind.KindContract;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last stage of every kind: checks that the job left nothing over, and stores a verdict for
 * each target. Changes nothing else.
 */
public abstract class VerifyStage extends TargetStage {

  protected VerifyStage(StageServices services) {
    super(KindContract.VERIFY, services, 1000);
  }

  @Override
  public final boolean groupsCommits() {
    return true;
  }

  @Override
  protected final BatchOutcome workTargets(
      StageContext context, TargetPage page, StageCommit commit) {
    var look = look(context, page);
    int seen = look.verdicts().size();
    var next =
        seen == page.targets().size()
            ? page.behind()
            : TargetPage.inside(page.targets().get(seen), look.within());
    return commit.record(BatchOutcome.of(seen, 0, next), look.verdicts());
  }

  /**
   * A target that cannot be checked gets no verdict and does not fail, because the earlier stages
   * did their work on it.
   */
  @Override
  public final Remaining remaining(
      StageContext context, String range, @Nullable Cursor after, int size) {
    var given = super.remaining(context, range, after, size);
    return new Remaining(
        given.items().stream()
            .map(item -> new Item(item.target(), item.name(), item.count(), false))
            .toList(),
        given.next());
  }

  /**
   * Checks the targets of a page until the deadline.
   *
   * @param page begins inside its first target where an earlier check stopped
   */
  public abstract Look look(StageContext context, TargetPage page);

  /**
   * The result of a check.
   *
   * @param verdicts of the first targets of the page, in order
   * @param within where to go on inside the first target without a verdict, with the findings on it
   *     so far; null at its start
   */
  public record Look(List<Verdict> verdicts, @Nullable String within) {
    /** The result for a page or its first targets. */
    public static Look of(List<Verdict> verdicts) {
      return of(verdicts, null);
    }

    /** The result for the first targets of a page and a part of the next target. */
    public static Look of(List<Verdict> verdicts, @Nullable String within) {
      return new Look(verdicts, within);
    }
  }

  /**
   * Checks targets one by one until the deadline.
   *
   * @param each checks one target from a place within it
   */
  protected static Look eachOf(
      StageContext context,
      TargetPage page,
      BiFunction<OpenTarget, @Nullable String, LookAtOne> each) {
    var verdicts = new ArrayList<Verdict>();
    var within = page.within();
    for (var target : page.targets()) {
      if (!verdicts.isEmpty() && context.deadline().isOver()) {
        break;
      }
      var one = each.apply(target, within);
      within = one.within();
      if (one.leftOver() == null) {
        break;
      }
      verdicts.add(new Verdict(target.number(), one.leftOver()));
    }
    return new Look(verdicts, within);
  }

  /**
   * The check of one target.
   *
   * @param leftOver null if the check has not ended
   * @param within where to go on if the check has not ended
   */
  protected record LookAtOne(@Nullable List<String> leftOver, @Nullable String within) {
    /** The result of a check that has ended. */
    public static LookAtOne found(List<String> leftOver) {
      return new LookAtOne(leftOver, null);
    }

    /** A check that stopped before its end. */
    public static LookAtOne stopped(String within) {
      return new LookAtOne(null, within);
    }
  }
}
