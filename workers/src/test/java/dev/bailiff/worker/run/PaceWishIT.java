package dev.bailiff.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailiff.database.Database;
import dev.bailiff.homeserver.batch.JobPace;
import dev.bailiff.job.JobStatus;
import dev.bailiff.schemas.kind.DeactivateUsersParameters;
import dev.bailiff.testing.homeserver.remote.RemoteConditions;
import dev.bailiff.testing.homeserver.remote.RemoteHomeserverFake;
import dev.bailiff.testing.server.PostgresExtension;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A remote homeserver learns from each batch how fast the job should be worked. */
class PaceWishIT {
  @RegisterExtension final PostgresExtension postgres = PostgresExtension.migrated();

  private final RemoteConditions conditions =
      new RemoteConditions().latency(Duration.ZERO).retryAfter(Duration.ZERO);
  private final RemoteHomeserverFake homeserver = new RemoteHomeserverFake(conditions);

  @Test
  void theWishOfAJobReachesTheHomeserver() {
    assertThat(wishOfAJob("gentle")).isEqualTo(JobPace.GENTLE);
  }

  @Test
  void aJobWithoutAWishLeavesThePaceToTheHomeserver() {
    assertThat(wishOfAJob(null)).isNull();
  }

  private @Nullable JobPace wishOfAJob(@Nullable String pace) {
    var jdbi = Database.jdbi(postgres.dataSource());
    var engine = new OneThreadEngine(jdbi, OneThreadEngine.leases(1), homeserver, RunListener.NONE);
    var job =
        engine.submit(
            "deactivate-users",
            new DeactivateUsersParameters(true),
            "@crypto-gain-03:chat.example");
    jdbi.useHandle(handle -> handle.execute("update jobs.job set pace = ?", pace));

    assertThat(engine.runToEnd(job).status()).isEqualTo(JobStatus.COMPLETED);

    assertThat(conditions.wishes()).hasSize(1);
    return conditions.wishes().iterator().next().pace();
  }
}
