package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.schemas.kind.CleanUpRoomsContract;
import dev.bailiff.schemas.kind.CleanUpRoomsParameters;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.cleanup.StepStage.Keeps;
import dev.bailiff.worker.kind.cleanup.VerifyStepsStage.Check;
import dev.bailiff.worker.kind.roomdeletion.DeleteRooms;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * plan (claims, blocks, creates replacement rooms) → shut-down → move-aliases → purge → close-room
 * → verify.
 */
public final class CleanUpRooms implements KindDefinition {
  private static final Step<CleanUpRoomsParameters> BLOCK =
      step(CleanUpRoomsParameters.BLOCK, any -> true, CleanUpRoomsParameters::deletion);

  private static final Step<CleanUpRoomsParameters> SHUT_DOWN =
      step(
          CleanUpRoomsParameters.SHUT_DOWN,
          CleanUpRoomsParameters::shutsDown,
          CleanUpRoomsParameters::shutdown);

  private static final Step<CleanUpRoomsParameters> MOVE_ALIASES =
      step(
          CleanUpRoomsParameters.MOVE_ALIASES,
          CleanUpRoomsParameters::movesAliases,
          CleanUpRoomsParameters::shutdown);

  private static final Step<CleanUpRoomsParameters> PURGE =
      step(
          CleanUpRoomsParameters.PURGE,
          CleanUpRoomsParameters::purges,
          CleanUpRoomsParameters::deletion);

  /** Only what was to be blocked is checked; the plan prepares rooms in any case. */
  private static final Step<CleanUpRoomsParameters> BLOCKED =
      step(
          CleanUpRoomsParameters.BLOCK,
          CleanUpRoomsParameters::blocks,
          CleanUpRoomsParameters::deletion);

  @Override
  public String kind() {
    return CleanUpRoomsContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    var all = StagesOfKind.of(new DeleteRooms(), services);
    var shutdown = StagesOfKind.of(new DeleteRooms(), reaching(SHUT_DOWN, services));
    var moves = StagesOfKind.of(new DeleteRooms(), reaching(MOVE_ALIASES, services));
    var purging = reaching(PURGE, services);
    var purge = StagesOfKind.of(new DeleteRooms(), purging);
    var closing =
        StagesOfKind.of(
            new DeleteRooms(),
            purging.admitting(StepFailures.without(CleanUpRoomsParameters.PURGE)));
    return List.of(
        new StepStage(KindContract.PLAN, BLOCK, all.named(KindContract.PLAN), Keeps.LATER_STEPS),
        new StepStage("shut-down", SHUT_DOWN, shutdown.named("shut-down"), Keeps.LATER_STEPS),
        new StepStage("move-aliases", MOVE_ALIASES, moves.named("move-aliases"), Keeps.LATER_STEPS),
        new StepStage("purge", PURGE, new QuietPlanStage(purge.named("purge")), Keeps.REST_OF_STEP),
        new StepStage("close-room", PURGE, closing.named("close-room"), Keeps.NOTHING),
        new VerifyStepsStage(
            services,
            List.of(
                new Check(PURGE, all.verify()),
                new Check(SHUT_DOWN, all.verify()),
                new Check(BLOCKED, new VerifyBlockStage(services)))));
  }

  private static StageServices reaching(Step<?> step, StageServices services) {
    return services.admitting(StepFailures.reaching(step.name()));
  }

  private static Step<CleanUpRoomsParameters> step(
      String name,
      Predicate<CleanUpRoomsParameters> asked,
      Function<CleanUpRoomsParameters, Record> inside) {
    return new Step<>(name, CleanUpRoomsParameters.class, asked, inside);
  }
}
