package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Cursor;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * A stage of another kind as a part of a step. It is empty if nobody asked for the step. Everything
 * else is the other stage's: also why a batch that comes twice does nothing twice.
 */
final class StepStage implements Stage {

  /** What is kept from a target for which the stage fails. */
  enum Keeps {
    /** Nothing: no stage behind this one needs it. */
    NOTHING,
    /** Later steps, if the job leaves such targets alone. */
    LATER_STEPS,
    /** The other stages of the step as well, in any case. */
    REST_OF_STEP
  }

  private final String name;
  private final Step<?> step;
  private final Stage stage;
  private final Keeps keeps;

  StepStage(String name, Step<?> step, Stage stage, Keeps keeps) {
    this.name = name;
    this.step = step;
    this.stage = stage;
    this.keeps = keeps;
  }

  @Override
  public String name() {
    return name;
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
    return step.isAsked(context) ? stage.plan(step.inside(context), after) : PlanPage.EMPTY;
  }

  @Override
  public BatchOutcome work(
      StageContext context, String range, @Nullable Cursor after, int size, StageCommit commit) {
    return stage.work(
        step.inside(context),
        range,
        after,
        size,
        new StepCommit(commit, out -> told(context, out)));
  }

  private BatchOutcome told(StageContext context, BatchOutcome outcome) {
    return keeps == Keeps.NOTHING
        ? StepFailures.withoutTargets(outcome)
        : new StepFailures(step.name(), step.skipsTargets(context)).asFacts(outcome);
  }

  /**
   * The engine, which gives these items up, stores no facts with them. So their targets fail where
   * later stages must not have them.
   */
  @Override
  public Remaining remaining(StageContext context, String range, @Nullable Cursor after, int size) {
    boolean failsTarget =
        keeps == Keeps.REST_OF_STEP || keeps == Keeps.LATER_STEPS && step.skipsTargets(context);
    var given = stage.remaining(step.inside(context), range, after, size);
    return new Remaining(
        given.items().stream()
            .map(item -> new Item(item.target(), item.name(), item.count(), failsTarget))
            .toList(),
        given.next());
  }
}
