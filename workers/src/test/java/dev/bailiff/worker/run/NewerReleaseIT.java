package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.store.PostgresHomeserver;
import dev.bailiff.homeserver.store.batch.StoreTimeouts;
import dev.bailiff.homeserver.store.identity.IdentityServers;
import dev.bailiff.job.Acceptance;
import dev.bailiff.job.JobParameters;
import dev.bailiff.job.JobRequest;
import dev.bailiff.job.TargetSnapshot;
import dev.bailiff.job.TargetSource;
import dev.bailiff.job.store.GroupLeases.Delivered;
import dev.bailiff.job.store.JobStore;
import dev.bailiff.job.store.LeaseConfig;
import dev.bailiff.kafka.JobEventPublisher;
import dev.bailiff.schemas.event.JobEvent;
import dev.bailiff.schemas.kind.DeactivateUsersContract;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.server.PostgresExtension;
import dev.bailiff.worker.kind.StageServices;
import dev.bailiff.worker.kind.WorkerKinds;
import dev.bailiff.worker.tally.TallyKind;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs a worker of this release beside workers of a newer one, which know more kinds. */
class NewerReleaseIT {
  @RegisterExtension static final PostgresExtension postgres = PostgresExtension.migrated();

  @Test
  void aCommandOfAKindThatThisWorkerDoesNotKnowUsesUpNoAttempt() {
    var jdbi = Database.jdbi(postgres.dataSource());
    var store = JobStore.on(jdbi, LeaseConfig.DEFAULT);
    var homeserver = new PostgresHomeserver(jdbi, StoreTimeouts.defaults(), IdentityServers.none());
    var kinds =
        WorkerKinds.of(List.of(new TallyKind()), new StageServices(homeserver, store.targets()));
    var parts =
        new RunnerDependencies(
            "older",
            store,
            kinds,
            commands -> {},
            new ProgressPublisher(store.leases(), silent(), Clock.systemUTC()),
            RunConfig.DEFAULT,
            RunListener.NONE,
            new SplittableRandom(1));
    var runner = new Runners(parts).groups(new ShortSegments());
    var accepted =
        (Acceptance.Accepted)
            store
                .acceptance()
                .accept(
                    JobRequest.of(
                        JobParameters.of(
                            new DeactivateUsersContract(), new DeactivateUsersParameters(false)),
                        TargetSource.of(List.of("@a:x")),
                        "@admin:x"),
                    TargetSnapshot.NONE);

    runner.run(List.of(new Delivered(accepted.commands().get(0).command(), 1)), () -> false);

    assertThat(store.parts().segments(accepted.job(), -1, -1, 10))
        .singleElement()
        .satisfies(
            segment -> {
              assertThat(segment.epoch()).isZero();
              assertThat(segment.attempts()).isZero();
            });
  }

  private static JobEventPublisher silent() {
    return new JobEventPublisher() {
      @Override
      public void publishEvent(JobEvent event) {}

      @Override
      public boolean publishEvents(List<JobEvent> events) {
        return true;
      }
    };
  }
}
