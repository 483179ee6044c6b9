package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.schemas.kind.CleanUpUsersContract;
import dev.bailiff.schemas.kind.CleanUpUsersParameters;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.KindContract;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.cleanup.StepStage.Keeps;
import dev.bailiff.worker.kind.cleanup.VerifyStepsStage.Check;
import dev.bailiff.worker.kind.deactivation.DeactivateUsers;
import dev.bailiff.worker.kind.media.DeleteMedia;
import dev.bailiff.worker.kind.redaction.RedactEvents;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * plan (claims the users) → suspend → find-rooms → redact → delete-media → close-account →
 * leave-rooms → verify. Events are redacted before the accounts are closed, as a closed account
 * redacts nothing on a remote homeserver. Rooms are looked up behind the suspension: a suspended
 * user writes in no other room.
 */
public final class CleanUpUsers implements KindDefinition {
  private static final Step<CleanUpUsersParameters> PLAN =
      step(KindContract.PLAN, any -> true, CleanUpUsersParameters::redaction);

  private static final Step<CleanUpUsersParameters> SUSPEND =
      step(
          CleanUpUsersParameters.SUSPEND,
          CleanUpUsersParameters::suspends,
          parameters -> parameters);

  private static final Step<CleanUpUsersParameters> REDACT =
      step(
          CleanUpUsersParameters.REDACT,
          CleanUpUsersParameters::redacts,
          CleanUpUsersParameters::redaction);

  private static final Step<CleanUpUsersParameters> DELETE_MEDIA =
      step(
          CleanUpUsersParameters.DELETE_MEDIA,
          CleanUpUsersParameters::deletesMedia,
          CleanUpUsersParameters::mediaDeletion);

  private static final Step<CleanUpUsersParameters> DEACTIVATE =
      step(
          CleanUpUsersParameters.DEACTIVATE,
          CleanUpUsersParameters::deactivates,
          CleanUpUsersParameters::deactivation);

  @Override
  public String kind() {
    return CleanUpUsersContract.KIND;
  }

  @Override
  public boolean needsMediaFolder() {
    return true;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    var all = StagesOfKind.of(new RedactEvents(), services);
    var redaction = StagesOfKind.of(new RedactEvents(), reaching(REDACT, services));
    var media = StagesOfKind.of(new DeleteMedia(), reaching(DELETE_MEDIA, services));
    var closing = reaching(DEACTIVATE, services);
    var deactivation = StagesOfKind.of(new DeactivateUsers(), closing);
    var leaving =
        StagesOfKind.of(
            new DeactivateUsers(),
            closing.admitting(StepFailures.without(CleanUpUsersParameters.DEACTIVATE)));
    return List.of(
        new StepStage(KindContract.PLAN, PLAN, all.named(KindContract.PLAN), Keeps.NOTHING),
        new StepStage("suspend", SUSPEND, new SuspendStage(services), Keeps.LATER_STEPS),
        // Also of users who are skipped: their verdicts need the rooms.
        new StepStage(
            KindContract.FIND_ROOMS, REDACT, all.named(KindContract.FIND_ROOMS), Keeps.NOTHING),
        new StepStage("redact", REDACT, redaction.named("redact"), Keeps.LATER_STEPS),
        new StepStage("delete-media", DELETE_MEDIA, media.named("delete"), Keeps.LATER_STEPS),
        new StepStage(
            DeactivateUsersContract.CLOSE_ACCOUNT,
            DEACTIVATE,
            deactivation.named(DeactivateUsersContract.CLOSE_ACCOUNT),
            Keeps.REST_OF_STEP),
        new StepStage("leave-rooms", DEACTIVATE, leaving.named("leave-rooms"), Keeps.NOTHING),
        new VerifyStepsStage(
            services,
            List.of(
                new Check(REDACT, redaction.verify()),
                new Check(DELETE_MEDIA, media.verify()),
                new Check(DEACTIVATE, deactivation.verify()),
                new Check(SUSPEND, new VerifySuspensionStage(services)))));
  }

  private static StageServices reaching(Step<?> step, StageServices services) {
    return services.admitting(StepFailures.reaching(step.name()));
  }

  private static Step<CleanUpUsersParameters> step(
      String name,
      Predicate<CleanUpUsersParameters> asked,
      Function<CleanUpUsersParameters, Record> inside) {
    return new Step<>(name, CleanUpUsersParameters.class, asked, inside);
  }
}
