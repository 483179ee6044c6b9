package dev.bailiff.standalone.audit;

import dev.bailiff.homeserver.batch.BatchOutcome;
import dev.bailiff.homeserver.batch.Fact;
import dev.bailiff.homeserver.batch.Verdict;
import dev.bailiff.job.store.JobTargets.OpenTarget;
import dev.bailiff.worker.kind.KindDefinition;
import dev.bailiff.worker.kind.PlanStage;
import dev.bailiff.worker.kind.Stage;
import dev.bailiff.worker.kind.StageCommit;
import dev.bailiff.worker.kind.StageContext;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.TargetPage;
import dev.bailiff.worker.kind.TargetStage;
import dev.bailiff.worker.kind.VerifyStage;
import java.util.List;

/** plan → count → verify. */
public final class AuditRooms implements KindDefinition {

  @Override
  public String kind() {
    return AuditRoomsContract.KIND;
  }

  @Override
  public List<Stage> stages(StageServices services) {
    return List.of(new PlanStage(services, true), new CountStage(services), new Verify(services));
  }

  private static int rooms(StageServices services, StageContext context, OpenTarget user) {
    return services
        .targets()
        .items(context.id(), user.number(), AuditRoomsContract.ROOMS, null, 1_000)
        .size();
  }

  /** A page that comes twice stores the same facts twice. */
  private static final class CountStage extends TargetStage {
    CountStage(StageServices services) {
      super("count", services, 2);
    }

    @Override
    protected BatchOutcome workTargets(StageContext context, TargetPage page, StageCommit commit) {
      var facts =
          page.targets().stream()
              .map(user -> new Fact(user.number(), "rooms", "" + rooms(services(), context, user)))
              .toList();
      return commit.record(
          new BatchOutcome(
              page.targets().size(), 0, List.of(), List.of(), facts, page.behind(), null));
    }
  }

  /** Changes nothing. */
  private static final class Verify extends VerifyStage {
    Verify(StageServices services) {
      super(services);
    }

    @Override
    public Look look(StageContext context, TargetPage page) {
      int most = context.parametersAs(AuditRoomsParameters.class).mostRooms();
      return Look.of(
          page.targets().stream()
              .map(
                  user -> {
                    int rooms = rooms(services(), context, user);
                    return new Verdict(
                        user.number(), rooms <= most ? List.of() : List.of(rooms + " rooms"));
                  })
              .toList());
    }
  }
}
